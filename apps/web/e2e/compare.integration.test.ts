import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseComparison, type Comparison } from '@parley/compare'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, openView, type PageOptions } from './browser.ts'
import { faults } from './faults.ts'
import { matchWords, soundingSpans } from './listening.ts'
import { writeMicrophoneFile } from './microphone-file.ts'
import { recordedSound } from './probe.ts'

const question = 'What is six times seven?'
const tuned = ['local', 'quick=local?silence_ms=200', 'slow=local?silence_ms=2000']
const stack = new AsyncDisposableStack()
let browser: Browser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-compare-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const microphone = join(folder, 'question.wav')
  await writeMicrophoneFile(microphone, [{ afterMs: 1500, text: question }])
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath'), microphone }))
})
afterAll(() => stack.disposeAsync())

describe('the compare view', () => {
  it('gives three lanes what is said once, and keeps what came of it', async ({ onTestFinished, task }) => {
    const page = await open({ source: 'speak', lane: tuned }, onTestFinished, { recorded: true })
    await speak(page)
    // One lane is heard while they run.
    expect(soundingSpans(await recordedSound(page, 'output'), { pauseMs: 1000 })).not.toEqual([])

    const waits = new Map(
      await Promise.all(
        ['local', 'quick', 'slow'].map(async (label) => [label, await waitOf(page, label)] as const),
      ),
    )
    task.meta.figures = Object.fromEntries(waits)
    console.info('first sound, ms', waits)
    expect(waits.get('quick')).toBeLessThan(waits.get('slow') ?? 0)
    const comparison = await kept(page)
    expect(comparison.status).toBe('completed')
    expect(comparison.runs.map(({ outcome }) => outcome)).toEqual(['completed', 'completed', 'completed'])
    for (const run of comparison.runs) {
      const transcript = run.marks.flatMap((mark) => (mark.type === 'transcript' ? mark.text : [])).join(' ')
      expect(matchWords(question, transcript).share).toBeGreaterThanOrEqual(0.6)
      expect(run.output.length).toBeGreaterThan(0)
    }
  })

  it('takes the recording of a call for a lane', async ({ onTestFinished }) => {
    const response = await fetch(`${inject('gatewayUrl')}/v1/cassettes`)
    const { data }: { data: readonly { readonly id: string }[] } = await response.json()
    // What the test before recorded, newest first.
    expect(data.length).toBeGreaterThanOrEqual(tuned.length)
    const lane = ['local', `replay/${data[0]?.id}`]
    const page = await open({ source: 'speak', lane }, onTestFinished)
    await speak(page)

    const { runs } = await kept(page)
    const replayed = runs.find((run) => run.lane.backend === 'replay')
    expect(replayed?.outcome).toBe('completed')
    expect(replayed?.output.length).toBeGreaterThan(0)
    const [said, recorded] = runs.map(({ marks }) =>
      marks.flatMap((mark) => (mark.type === 'response_done' ? mark.text : [])).join(' '),
    )
    expect(recorded).not.toBe('')
    expect(matchWords(said ?? '', recorded ?? '').share).toBeGreaterThanOrEqual(0.6)
  })

  it('stops a scenario in the middle with what was done, and hands it out as files', async ({
    onTestFinished,
  }) => {
    const page = await open({ scenario: 'question-and-answer', lane: tuned.slice(0, 2) }, onTestFinished)
    await page.getByTestId('start').click()
    await page
      .locator('[data-testid=lane]:not(:has([data-measure=first_audio]))')
      .first()
      .waitFor({ state: 'detached', timeout: 30_000 })
    await page.getByTestId('stop').click()
    await done(page)
    expect(await page.locator('[data-testid=lane][data-status=stopped]').count()).toBe(2)
    expect(await page.getByTestId('words').textContent()).toContain('Hello, can you hear me?')
    const saved = parseComparison(await readFile(await exported(page, 'json'), 'utf8'))
    expect(saved.status).toBe('stopped')
    expect(
      saved.runs.every(({ input }) => input.some(({ samples }) => samples.some((one) => one !== 0))),
    ).toBe(true)
    expect(await readFile(await exported(page, 'csv'), 'utf8')).toContain('first_audio')

    const report = await page.context().newPage()
    const problems: string[] = []
    report.on('pageerror', ({ message }) => problems.push(message))
    report.on('request', (request) => {
      if (/^https?:/.test(request.url())) problems.push(request.url())
    })
    await report.goto(pathToFileURL(await exported(page, 'report')).href)
    expect(await report.title()).toContain(saved.title)
    for (const { label } of saved.lanes) await report.getByText(label, { exact: true }).first().waitFor()
    expect(problems).toEqual([])
  })

  it('hides who is who until the vote, and keeps the vote', async ({ onTestFinished }) => {
    const page = await open(
      { source: 'type', text: question, lane: tuned.slice(0, 2), blind: '1' },
      onTestFinished,
    )
    await page.getByTestId('start').click()
    await done(page)
    expect(await page.getByTestId('stage').textContent()).not.toMatch(/quick|local/)
    expect(await page.getByTestId('lane-numbers').count()).toBe(0)
    await page.locator('.vote-choice').first().click()
    await page.locator('.vote-reasons .check').first().click()
    await page.getByTestId('cast-vote').click()
    await page.getByTestId('vote-cast').waitFor()
    expect(await page.getByTestId('stage').textContent()).toMatch(/quick/)
    const votes = await stored(page, 'votes')
    expect(votes).toMatchObject([{ choice: { kind: 'lane' }, reasons: ['faster'] }])
  })

  it('says where a scenario of one’s own is wrong, and runs it when it is right', async ({
    onTestFinished,
  }) => {
    const page = await open({ lane: tuned.slice(0, 2) }, onTestFinished)
    await give(page, '  - type: What is six times seven?\n  - whisper: Hello?\n')
    expect(await page.getByTestId('scenario-error').textContent()).toMatch(/Line 4.*whisper/)
    expect(await page.getByTestId('start').isEnabled()).toBe(false)
    await give(page, '  - type: What is six times seven?\n  - wait: answer\n')
    await page.getByTestId('scenario-error').waitFor({ state: 'detached' })
    await page.getByTestId('start').click()
    await done(page)
    expect(await page.locator('[data-testid=lane][data-status=completed]').count()).toBe(2)
  })

  it('says when the browser’s storage is full, and hands the comparison out all the same', async ({
    onTestFinished,
  }) => {
    const page = await open({ lane: tuned.slice(0, 2) }, onTestFinished)
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('Full.', 'QuotaExceededError')
      }
    })
    await give(page, '  - silence: 200ms\n')
    await page.getByTestId('start').click()
    await done(page)
    expect(await page.getByTestId('keep-problem').textContent()).toContain('storage is full')
    expect(parseComparison(await readFile(await exported(page, 'json'), 'utf8')).runs).toHaveLength(2)
  })

  it('says that the gateway is gone, and goes on when it is back', async ({ onTestFinished }) => {
    const page = await open({ lane: tuned.slice(0, 2) }, onTestFinished)
    await page.route('**/healthz', (route) => route.abort())
    await page.evaluate(() => dispatchEvent(new Event('offline')))
    await page.getByTestId('gone').waitFor()
    expect(await page.getByTestId('start').isEnabled()).toBe(false)
    await page.unroute('**/healthz')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByTestId('gone').waitFor({ state: 'detached' })
    expect(await page.getByTestId('start').isEnabled()).toBe(true)
  })

  it('is worked by keys alone, which it lists', async ({ onTestFinished }) => {
    const page = await open({ source: 'type', text: question, lane: tuned.slice(0, 2) }, onTestFinished)
    await page.keyboard.press('?')
    const map = page.getByTestId('key-map')
    expect(await map.textContent()).toContain('Play or pause')
    await page.keyboard.press('Escape')
    await map.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+Enter')
    await done(page)

    const timeline = page.getByTestId('timeline').first()
    await timeline.focus()
    await page.keyboard.press('End')
    const end = Number(await position(page))
    await page.keyboard.press('ArrowLeft')
    expect(Number(await position(page))).toBeCloseTo(end - 1, 1)
    await page.keyboard.press('2')
    expect(await page.getByTestId('solo').nth(1).getAttribute('aria-pressed')).toBe('true')
    await page.keyboard.press('Home')
    await page.keyboard.press('Space')
    await page.locator('[data-testid=play][data-playing=true]').waitFor()
    await page.keyboard.press('Space')
    await page.locator('[data-testid=play][data-playing=false]').waitFor()
  })

  it.for([
    ['light', 'en', 1440],
    ['dark', 'de', 1440],
    ['dark', 'en', 390],
    ['light', 'de', 390],
  ] as const)(
    'has no serious fault of accessibility in %s, %s, at %d pixels',
    async ([theme, language, width], { onTestFinished }) => {
      const page = await open({ lane: tuned.slice(0, 2) }, onTestFinished, { theme, language, width })
      expect(await page.title()).toBe(language === 'de' ? 'Vergleichen · Parley' : 'Compare · Parley')
      expect(await faults(page)).toEqual([])
      await give(page, '  - type: What is six times seven?\n  - wait: first_sound\n')
      await page.getByTestId('start').click()
      await done(page)
      await page.getByTestId('show-marks').click()
      expect(await faults(page)).toEqual([])
    },
  )
})

/** Opens the view as a link does, and waits until it can start or could. */
async function open(
  search: Readonly<Record<string, string | readonly string[]>>,
  onTestFinished: (close: () => Promise<void>) => void,
  options: PageOptions & { readonly recorded?: boolean } = {},
): Promise<Page> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of [value].flat()) query.append(name, one)
  }
  const url = `${inject('url')}/compare?${query}`
  const page = await openView(browser, url, options)
  if (options.recorded === true) {
    await page.addInitScript(recordSessions)
    await page.reload()
  }
  onTestFinished(() => page.context().close())
  await page.locator('[data-testid=start]:enabled').waitFor()
  return page
}

/** Runs in the page: every session asks the gateway to keep it with its sound. */
function recordSessions(): void {
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      const recorded = new URL(url)
      recorded.searchParams.set('record', 'audio')
      super(recorded, protocols)
    }
  }
}

/** Gives the view a scenario of one's own. */
function give(page: Page, steps: string): Promise<void> {
  return page.getByTestId('scenario-file').setInputFiles({
    name: 'mine.yaml',
    mimeType: 'text/yaml',
    buffer: Buffer.from(`title: Mine\nsteps:\n${steps}`),
  })
}

/** Starts, lets the microphone say its question, and waits until every lane has answered. */
async function speak(page: Page): Promise<void> {
  await page.getByTestId('start').click()
  await page.getByTestId('finish-speaking').waitFor()
  await page
    .locator('[data-testid=lane]:not(:has([data-measure=first_audio]))')
    .first()
    .waitFor({ state: 'detached', timeout: 30_000 })
  await page.getByTestId('finish-speaking').click()
  await done(page)
}

function done(page: Page): Promise<void> {
  return page.locator('[data-testid=run-state][data-phase=done]').waitFor({ timeout: 45_000 })
}

/** End of speech to first sound of a lane, ms. */
async function waitOf(page: Page, label: string): Promise<number> {
  const figure = page.locator(`[data-testid=lane][data-label=${label}] [data-measure=first_audio]`)
  return Number(await figure.getAttribute('data-value'))
}

/** Where the player is, in seconds. */
function position(page: Page): Promise<string> {
  // The picture is drawn at the next frame.
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            resolve(
              (document.querySelector('.transport-position')?.textContent ?? '').replace(/[^\d.]/g, ''),
            ),
          ),
        )
      }),
  )
}

async function exported(page: Page, kind: 'report' | 'json' | 'csv'): Promise<string> {
  const download = page.waitForEvent('download')
  await page.getByTestId('export').click()
  await page.getByTestId(`export-${kind}`).click()
  const file = await download
  const path = join(folder, file.suggestedFilename())
  await file.saveAs(path)
  return path
}

/** The one comparison that the browser keeps. */
async function kept(page: Page): Promise<Comparison> {
  await page.locator('[data-testid=kept][data-kept=kept]').waitFor()
  const file = await exported(page, 'json')
  const comparison = parseComparison(await readFile(file, 'utf8'))
  expect(await stored(page, 'summaries')).toMatchObject([{ id: comparison.id }])
  return comparison
}

/** Everything in one store of the page's database. */
function stored(page: Page, store: string): Promise<unknown> {
  return page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('parley')
        opening.onerror = () => reject(new Error('The database does not open.'))
        opening.onsuccess = () => {
          const all = opening.result.transaction(name).objectStore(name).getAll()
          all.onsuccess = () => resolve(all.result)
        }
      }),
    store,
  )
}
