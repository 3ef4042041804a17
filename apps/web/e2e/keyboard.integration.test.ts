import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { finished, launchBrowser, openPlayground } from './browser.ts'
import { matchWords, soundingSpans } from './listening.ts'
import { writeMicrophoneFile } from './microphone-file.ts'
import { recordedSound } from './probe.ts'

/** More than the page has, with the conversations of the other tests. */
const maxTabStops = 400
const question = 'What time is it?'
const stack = new AsyncDisposableStack()
let browser: Browser

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-microphone-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const microphone = join(folder, 'question.wav')
  await writeMicrophoneFile(microphone, [{ afterMs: 1500, text: question }])
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath'), microphone }))
})
afterAll(() => stack.disposeAsync())

describe('the playground without a mouse', () => {
  it('lets Tab reach the microphone, the composer and the event log', async () => {
    const page = await openPlayground(browser, inject('url'))
    const reached = await tabStops(page)
    expect(reached).toEqual(
      expect.arrayContaining(['microphone', 'composer-input', 'event-filter', 'events']),
    )
    // In the order of the page: what is set up, then the conversation, then the log.
    const order = ['backend', 'microphone', 'composer-input', 'events'].map((name) => reached.indexOf(name))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  it('takes what is said while Space is held for one turn', async () => {
    const page = await openPlayground(browser, inject('url'))
    await holdToTalk(page)
    await finished(page, 0)

    await expectOneTurn(page)
  })

  it('loses nothing that is said while the connection is made', async () => {
    const page = await openPlayground(browser, inject('url'))
    const gate = Promise.withResolvers<void>()
    await page.routeWebSocket(/realtime/, async (socket) => {
      await gate.promise
      socket.connectToServer()
    })

    await holdToTalk(page)
    expect(await page.getByTestId('connection-state').getAttribute('data-state')).toBe('connecting')
    gate.resolve()
    await finished(page, 0)

    await expectOneTurn(page)
  })
})

/** Holds Space until the question was said. */
async function holdToTalk(page: Page): Promise<void> {
  await focus(page, 'turn-mode')
  // Push to talk is the last of the choices, however many the backend has.
  await page.keyboard.press('ArrowLeft')
  await focus(page, 'microphone')
  await page.keyboard.down('Space')
  await vi.waitFor(async () => expect(await hasSpoken(page)).toBe(true), { timeout: 20_000, interval: 100 })
  await page.keyboard.up('Space')
}

async function expectOneTurn(page: Page): Promise<void> {
  const turns = page.locator('[data-testid=turn][data-role=user] .turn-text')
  expect(await turns.count()).toBe(1)
  expect(matchWords(question, (await turns.textContent()) ?? '').share).toBeGreaterThanOrEqual(0.6)
  expect(Number(await page.getByTestId('latency').getAttribute('data-ms'))).toBeGreaterThan(0)
}

/** What has the focus: the test id of the element or of the control around it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element?.classList.contains('events-scroll')) return 'events'
    return element?.closest('[data-testid]')?.getAttribute('data-testid') ?? ''
  })
}

async function focus(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < maxTabStops; presses += 1) {
    if ((await focused(page)) === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reached ${name}.`)
}

/** Everything Tab reaches from the top of the page until the focus leaves it. */
async function tabStops(page: Page): Promise<readonly string[]> {
  const reached: string[] = []
  for (let presses = 0; presses < maxTabStops; presses += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(() => document.activeElement === document.body)) break
    reached.push(await focused(page))
  }
  return reached
}

/** True when the microphone has heard speech and then silence. */
async function hasSpoken(page: Page): Promise<boolean> {
  const input = await recordedSound(page, 'input')
  const speech = soundingSpans(input, { pauseMs: 400, floor: 0.01 })[0]
  return speech !== undefined && (input.renderedAt.at(-1) ?? 0) - speech.to > 400
}
