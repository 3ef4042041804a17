import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import type { StoredConversation } from '../src/gateway-client.ts'
import { launchBrowser, openPlayground } from './browser.ts'
import { matchWords, recognise, soundingSpans, wordsOf, type Span } from './listening.ts'
import { recordedSound } from './probe.ts'

const stack = new AsyncDisposableStack()
let browser: Browser

beforeAll(async () => {
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath') }))
})
afterAll(() => stack.disposeAsync())

/** Types a question, stops its answer with Escape when it has sounded so long, and gives when it sounded. */
async function askAndStop(page: Page, place: number, soundingMs: number): Promise<Span> {
  await page.getByTestId('composer-input').fill('Tell me everything about latency.')
  await page.getByTestId('composer-input').press('Enter')
  const since = Date.now()
  const answer = async (): Promise<Span | undefined> =>
    soundingSpans(await recordedSound(page, 'output').catch(() => nothing), { pauseMs: 1000 }).find(
      ({ from }) => from > since,
    )
  await expect
    .poll(async () => lengthOf(await answer()), { timeout: 30_000, interval: 250 })
    .toBeGreaterThan(soundingMs)
  await page.keyboard.press('Escape')
  const turn = page.locator('[data-testid=turn][data-role=assistant]').nth(place)
  await turn.locator('[data-heard=false]').waitFor()
  const span = await answer()
  if (!span) throw new Error('The answer made no sound.')
  return span
}

const nothing = { samples: new Float32Array(0), sampleRate: 48_000, renderedAt: [], outputLatencyMs: 0 }

function lengthOf(span: Span | undefined): number {
  return span ? span.to - span.from : 0
}

describe('an answer that is stopped with Escape', () => {
  it('is kept as far as it was heard, the second one as the first', async ({ task }) => {
    const page = await openPlayground(browser, inject('url'))
    const updates = updatesOf(page)
    const figures: Record<string, number>[] = []
    for (const place of [0, 1]) {
      const span = await askAndStop(page, place, 1_500)
      const turn = page.locator('[data-testid=turn][data-role=assistant]').nth(place)
      const shown = (await turn.locator('[data-heard=true]').textContent()) ?? ''
      const recognised = await recognise(await recordedSound(page, 'output'), span)
      const { share, reached } = matchWords(shown, recognised)
      const context = `heard "${recognised}", shown as heard "${shown}"`
      expect(share, context).toBeGreaterThanOrEqual(0.6)
      expect(reached, context).toBeGreaterThanOrEqual(wordsOf(shown).length - 2)

      const heardItem = (await turn.getAttribute('data-item-id')) ?? ''
      const heard = await heardOf(page, heardItem)
      expect(wordsOf(heard?.transcript ?? '')).toEqual(wordsOf(shown))
      const missedMs = (heard?.audioEndMs ?? 0) - lengthOf(span)
      expect(Math.abs(missedMs)).toBeLessThanOrEqual(300)
      const told = updates.filter(({ item_id }) => item_id === heardItem)
      expect(told.length).toBeGreaterThanOrEqual(4)
      expect(Math.abs((told.at(-1)?.audio_ms ?? 0) - lengthOf(span))).toBeLessThanOrEqual(300)
      figures.push({ heardMs: heard?.audioEndMs ?? 0, soundedMs: lengthOf(span) })
    }
    task.meta.figures = {
      missedMs: Math.max(...figures.map(({ heardMs = 0, soundedMs = 0 }) => soundedMs - heardMs)),
    }
    console.info('stopped answers', figures)
  })
})

/** What the page says of its player from now on. */
function updatesOf(page: Page): readonly { readonly item_id: string; readonly audio_ms: number }[] {
  const updates: { item_id: string; audio_ms: number }[] = []
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const event = JSON.parse(String(payload))
      if (event.type === 'parley.playback.update') updates.push(event)
    }),
  )
  return updates
}

async function heardOf(page: Page, itemId: string): Promise<StoredConversation['items'][number]['heard']> {
  const conversation = page.locator('[data-testid=conversation][data-current=true]')
  const response = await fetch(
    `${inject('gatewayUrl')}/v1/conversations/${await conversation.getAttribute('data-id')}`,
  )
  const stored: StoredConversation = await response.json()
  return stored.items.find(({ item }) => item.id === itemId)?.heard
}
