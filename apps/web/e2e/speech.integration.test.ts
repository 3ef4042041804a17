import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { StoredConversation } from '../src/gateway-client.ts'
import { finished, launchBrowser, openPlayground } from './browser.ts'
import { matchWords, recognise, soundingSpans, wordsOf } from './listening.ts'
import { writeMicrophoneFile, type Utterance } from './microphone-file.ts'
import { receivedEvents, recordedSound } from './probe.ts'

const stack = new AsyncDisposableStack()
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-microphone-'))
  stack.defer(() => rm(folder, { recursive: true }))
})
afterAll(() => stack.disposeAsync())

async function browserThatHears(utterances: readonly Utterance[]) {
  const microphone = join(folder, `${utterances.length}.wav`)
  await writeMicrophoneFile(microphone, utterances)
  return launchBrowser({ executablePath: inject('browserPath'), microphone })
}

describe('speaking with the playground', () => {
  it('hears a spoken question and answers it aloud', async ({ task }) => {
    const question = 'What happens when I interrupt you?'
    await using browser = await browserThatHears([{ afterMs: 1000, text: question }])
    const page = await openPlayground(browser, inject('url'))

    await page.getByTestId('microphone').click()
    await finished(page, 0)

    const asked = await page.locator('[data-testid=turn][data-role=user] .turn-text').textContent()
    const answer = await page.locator('[data-testid=turn][data-role=assistant] .turn-text').textContent()
    expect(matchWords(question, asked ?? '').share).toBeGreaterThanOrEqual(0.8)
    expect(wordsOf(answer ?? '')).toEqual(expect.arrayContaining(['speaking', 'sound', 'answer']))

    const sound = await recordedSound(page, 'output')
    const [span] = soundingSpans(sound, { pauseMs: 3000 })
    if (!span) throw new Error('The answer made no sound.')
    const heard = await recognise(sound, span)
    const { share } = matchWords(answer ?? '', heard)
    expect(share, `heard "${heard}" of "${answer}"`).toBeGreaterThanOrEqual(0.6)
    expect(wordsOf(heard)).toEqual(expect.arrayContaining(['speaking', 'sound', 'answer']))

    const latencyMs = Number(await page.getByTestId('latency').getAttribute('data-ms'))
    expect(latencyMs).toBeGreaterThan(0)
    task.meta.figures = { latencyMs, answerWordsRecognised: share }
    console.info('spoken question', task.meta.figures)
  })

  it('falls silent when interrupted and keeps what was heard', async ({ task }) => {
    await using browser = await browserThatHears([
      { afterMs: 1000, text: 'Tell me everything about latency.' },
      { afterMs: 4500, text: 'Thank you, that is enough.' },
    ])
    const page = await openPlayground(browser, inject('url'))

    await page.getByTestId('microphone').click()
    const turns = page.locator('[data-testid=turn][data-role=assistant]')
    await turns.nth(1).waitFor({ timeout: 45_000 })

    const events = await receivedEvents(page)
    const [, interruption] = events.filter(({ type }) => type === 'input_audio_buffer.speech_started')
    if (!interruption) throw new Error('The interruption was not noticed.')
    const sound = await recordedSound(page, 'output')
    const cut = soundingSpans(sound, { pauseMs: 250 }).findLast(({ from }) => from < interruption.at)
    if (!cut) throw new Error('The answer made no sound.')
    expect(cut.to, 'the answer was sounding').toBeGreaterThan(interruption.at - 400)
    const speechStartedToSilenceMs = cut.to + sound.outputLatencyMs - interruption.at
    expect(speechStartedToSilenceMs).toBeLessThanOrEqual(200)

    const turn = turns.first()
    const shown = (await turn.locator('[data-heard=true]').textContent()) ?? ''
    const unheard = (await turn.locator('[data-heard=false]').textContent()) ?? ''
    const [answer] = soundingSpans(sound, { pauseMs: 3000 })
    const recognised = await recognise(sound, { from: answer?.from ?? 0, to: cut.to })
    const shownWords = wordsOf(shown).length
    const { share, reached } = matchWords(shown, recognised)
    const context = `heard "${recognised}", shown as heard "${shown}"`
    expect(unheard).not.toBe('')
    expect(share, context).toBeGreaterThanOrEqual(0.6)
    expect(reached, context).toBeGreaterThanOrEqual(shownWords - 2)

    const itemId = await turn.getAttribute('data-item-id')
    const conversationId = await page
      .locator('[data-testid=conversation][data-current=true]')
      .getAttribute('data-id')
    const response = await fetch(`${inject('gatewayUrl')}/v1/conversations/${conversationId}`)
    const stored: StoredConversation = await response.json()
    const heard = stored.items.find(({ item }) => item.id === itemId)?.heard
    expect(wordsOf(heard?.transcript ?? '')).toEqual(wordsOf(shown))
    // A recogniser guesses at a word that was cut off, so the end of what was heard is held by its time.
    const soundedMs = cut.to - (answer?.from ?? 0)
    expect(Math.abs((heard?.audioEndMs ?? 0) - soundedMs)).toBeLessThanOrEqual(300)

    const input = await recordedSound(page, 'input')
    const voice = soundingSpans(input, { pauseMs: 1500, floor: 0.01 })[1]
    task.meta.figures = {
      speechStartedToSilenceMs,
      voiceToSilenceMs: voice ? cut.to + sound.outputLatencyMs - voice.from : Number.NaN,
      wordsMissed: shownWords - reached,
      heardMinusSoundedMs: (heard?.audioEndMs ?? 0) - soundedMs,
    }
    console.info('interruption', task.meta.figures)
  })
})
