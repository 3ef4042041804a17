import { describe, expect, it } from 'vitest'
import type { SessionExtensions } from '../../events/extensions.ts'
import { connectCascade } from '../../testing/cascade-fixture.ts'
import type { CascadeFixture } from '../../testing/cascade-fixture.ts'
import { fakeStages } from '../../testing/fake-stages.ts'

/** A session with turn detection as Azure Voice Live has it; whatever is said is recognised as `words`. */
async function connect(turn_detection: SessionExtensions['turn_detection'], words = 'hello') {
  const fixture = await connectCascade(fakeStages({ stt: (recognition) => recognition.understand(words) }))
  await fixture.send({
    type: 'session.update',
    session: { type: 'realtime', extensions: { turn_detection } },
  })
  return fixture
}

const shown = (fixture: CascadeFixture): unknown => {
  const session = fixture.all('session.updated').at(-1)?.session
  return session?.type === 'realtime' ? session.extensions?.turn_detection : undefined
}

describe('turn detection of Voice Live', () => {
  it('takes speech shorter than its shortest for none', async () => {
    const fixture = await connect({ type: 'azure_semantic_vad', speech_duration_ms: 400 })
    await fixture.say(300)
    await fixture.hush(1500)
    expect(fixture.all('input_audio_buffer.speech_started')).toHaveLength(0)
    await fixture.say(600)
    expect(fixture.all('input_audio_buffer.speech_started')).toHaveLength(1)
  })

  it.each(['azure_semantic_vad', 'server_vad'])(
    'as %s ends an unfinished turn at its time-out and a finished one sooner',
    async (type) => {
      const endedAfter = async (words: string): Promise<number> => {
        const fixture = await connect(
          {
            type,
            silence_duration_ms: 300,
            end_of_utterance_detection: { model: 'semantic_detection_v1', timeout_ms: 2000 },
          },
          words,
        )
        await fixture.say(1000)
        let ms = 0
        while (fixture.all('input_audio_buffer.speech_stopped').length === 0 && ms < 5000) {
          // One after the other, as time goes by.
          // oxlint-disable-next-line no-await-in-loop
          await fixture.hush(20)
          ms += 20
        }
        return ms
      }
      expect(await endedAfter('yes please')).toBeLessThan(500)
      expect(await endedAfter('I would like to')).toBeGreaterThan(1800)
    },
  )

  it.each([
    [true, 0],
    [false, 1],
  ])('with remove_filler_words %s answers a turn of nothing else %i times', async (removed, answers) => {
    const fixture = await connect({ type: 'azure_semantic_vad', remove_filler_words: removed }, 'um')
    await fixture.say(1000)
    await fixture.hush(3000)
    expect(fixture.all('input_audio_buffer.committed')).toHaveLength(1)
    expect(fixture.all('response.created')).toHaveLength(answers)
  })

  it('answers no fillers whose words come after the end of the turn, and everything else', async () => {
    const stages = fakeStages()
    const fixture = await connectCascade(stages, { speculate: { response: true } })
    const turn_detection = { type: 'azure_semantic_vad', remove_filler_words: true }
    await fixture.send({
      type: 'session.update',
      session: { type: 'realtime', extensions: { turn_detection } },
    })
    for (const [index, words] of ['um', 'yes please'].entries()) {
      // One turn after the other.
      // oxlint-disable-next-line no-await-in-loop
      await fixture.say(1000)
      // oxlint-disable-next-line no-await-in-loop
      await fixture.hush(3000)
      expect(fixture.all('input_audio_buffer.speech_stopped')).toHaveLength(index + 1)
      stages.recognitions[index]?.understand(words)
      // oxlint-disable-next-line no-await-in-loop
      await fixture.settle()
      expect(fixture.all('response.created')).toHaveLength(index)
    }
  })

  it.each<[string, SessionExtensions['turn_detection'], number]>([
    ['one that is expected', { type: 'azure_semantic_vad', languages: ['de'] }, 0],
    ['one that is not', { type: 'azure_semantic_vad', languages: ['fr'] }, 1],
    ['English alone', { type: 'azure_semantic_vad_en' }, 1],
  ])('judges words of an unnamed language by %s', async (_, detection, answers) => {
    const fixture = await connect({ ...detection, remove_filler_words: true }, 'ähm')
    await fixture.say(1000)
    await fixture.hush(3000)
    expect(fixture.all('input_audio_buffer.committed')).toHaveLength(1)
    expect(fixture.all('response.created')).toHaveLength(answers)
  })

  it('never says that it cuts answers itself, and gives way to a kind of GA', async () => {
    const fixture = await connect({ type: 'azure_semantic_vad', auto_truncate: true })
    expect(shown(fixture)).toEqual({ type: 'azure_semantic_vad', auto_truncate: false })
    const session = {
      type: 'realtime',
      audio: { input: { turn_detection: { type: 'server_vad' } } },
    } as const
    await fixture.send({ type: 'session.update', session })
    expect(shown(fixture)).toBeUndefined()
  })

  it('leaves out what it does not do, and says so where that was asked for', async () => {
    const fixture = await connect({
      type: 'azure_semantic_vad',
      speech_duration_ms: 100,
      appended_text_after_truncation: ' [cut off]',
      idle_timeout_ms: null,
    })
    expect(shown(fixture)).toEqual({ type: 'azure_semantic_vad', speech_duration_ms: 100 })
    const param = 'session.extensions.turn_detection.appended_text_after_truncation'
    expect(fixture.all('warning')).toMatchObject([{ warning: { code: 'unsupported', param } }])
  })

  it('is refused where it cannot be meant, and nothing changes', async () => {
    const fixture = await connect({ type: 'azure_semantic_vad', silence_duration_ms: -5 })
    expect(fixture.all('error')).toMatchObject([
      { error: { code: 'invalid_value', param: 'session.extensions.turn_detection' } },
    ])
    expect(fixture.all('session.updated')).toHaveLength(0)
  })
})
