import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Comparison } from '../../run/comparison.ts'
import { sampleComparison } from '../__fixtures__/sample.ts'
import { reportHtml } from '../report-html.ts'

/** Polls for longer than usual: the machine of a test may be busy. */
const eventually: typeof expect.poll = (read, options) => expect.poll(read, { timeout: 15_000, ...options })

let browser: Browser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-report-'))
  browser = await chromium.launch({
    executablePath: inject('browserPath'),
    args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=user-gesture-required'],
  })
})

afterAll(async () => {
  await browser.close()
  await rm(folder, { recursive: true })
})

describe('a report opened from the disk', () => {
  it('asks the network nothing, plays its sound and moves its playhead', async () => {
    await using report = await open(sampleComparison(2))
    const { page, asked } = report
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await eventually(() => loudest(page)).toBeGreaterThan(0.05)
    const clock = page.locator('[data-part=clock]')
    const early = Number.parseFloat((await clock.textContent()) ?? '')
    await expect
      .poll(async () => Number.parseFloat((await clock.textContent()) ?? ''))
      .toBeGreaterThan(early + 0.5)
    await page.getByRole('button', { name: 'Pause' }).click()
    await eventually(() => loudest(page)).toBe(0)
    expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([])
  })

  it('plays one lane after the other', async () => {
    await using report = await open(sampleComparison(1))
    const { page } = report
    const lanes = page.locator('[data-lane]')
    await page.getByRole('button', { name: 'Mute hosted' }).click()
    await seek(page, (await lengthOf(page, 'local')) - 300)
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await eventually(() => classOf(lanes.nth(0))).toContain('sounding')
    await eventually(() => classOf(lanes.nth(1))).toContain('sounding')
    expect(await classOf(lanes.nth(0))).not.toContain('sounding')
    await seek(page, (await lengthOf(page, 'fast')) - 200)
    await eventually(() => page.getByRole('button', { name: 'Play', exact: true }).count()).toBe(1)
    expect(await classOf(lanes.nth(2))).not.toContain('sounding')
  })

  it('is silent where every lane is muted, while it plays', async () => {
    await using report = await open(sampleComparison(1))
    const { page } = report
    await page.getByRole('button', { name: 'Together' }).click()
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await eventually(() => loudest(page)).toBeGreaterThan(0.05)
    for (const lane of ['local', 'fast', 'hosted'])
      await page.getByRole('button', { name: `Mute ${lane}` }).click()
    await eventually(() => loudest(page)).toBe(0)
    await page.getByRole('button', { name: 'Solo fast' }).click()
    await eventually(() => loudest(page)).toBeGreaterThan(0.05)
  })

  it('is worked by keys', async () => {
    await using report = await open(sampleComparison(2))
    const { page } = report
    const labels = () => page.locator('[data-part=axis] text').allTextContents()
    const whole = await labels()
    await page.locator('body').press('+')
    await page.locator('body').press('+')
    expect(await labels()).not.toEqual(whole)
    await page.locator('body').press('0')
    expect(await labels()).toEqual(whole)
    await page.locator('body').press('Home')
    const begin = await page.locator('[data-part=clock]').textContent()
    await page.locator('body').press('Shift+ArrowRight')
    expect(await page.locator('[data-part=clock]').textContent()).not.toBe(begin)
    await page.locator('body').press('2')
    await eventually(() => classOf(page.locator('[data-lane]').nth(1))).toContain('sounding')
    await page.locator('body').press(' ')
    await eventually(() => classOf(page.locator('[data-lane]').nth(1))).not.toContain('sounding')
  })

  it('shows the chosen repeat', async () => {
    await using report = await open(sampleComparison(2))
    const { page } = report
    const waits = page.locator('[data-lane="1"] [data-part=waits]')
    const first = await waits.textContent()
    await page.getByLabel('Repeat').selectOption('2')
    expect(await waits.textContent()).not.toBe(first)
    expect(await page.getByText('Repeat 1 · completed').first().isVisible()).toBe(false)
    expect(await page.getByText('Repeat 2 · completed').first().isVisible()).toBe(true)
    // The second repeat of this lane answers at the pause.
    expect(await page.locator('.words [data-repeat="1"]').getByText('too early').first().isVisible()).toBe(
      true,
    )
  })

  it('marks what went wrong where it happened', async () => {
    await using report = await open(sampleComparison(2))
    const { page } = report
    await page.getByLabel('Repeat').selectOption('2')
    expect(await page.locator('[data-lane="1"] .wrong text').allTextContents()).toEqual(['too early'])
    expect(await page.locator('[data-lane="0"] .wrong text').count()).toBe(0)
  })

  it('saves a lane as a WAV file', async () => {
    await using report = await open(sampleComparison(1))
    const [download] = await Promise.all([
      report.page.waitForEvent('download'),
      report.page.getByRole('button', { name: 'Save fast as a WAV file' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('fast.wav')
  })

  it('keeps its waveforms where it was made without sound', async () => {
    await using report = await open(sampleComparison(1), { audio: false })
    expect(await report.page.getByRole('button', { name: 'Play', exact: true }).count()).toBe(0)
    const paths = await report.page
      .locator('.track path')
      .evaluateAll((all) => all.map((path) => path.getAttribute('d') ?? ''))
    expect(paths).toHaveLength(6)
    expect(paths.every((path) => path.length > 200)).toBe(true)
  })

  it('runs no code that came in with the words', async () => {
    const hostile = `</script><img src=x onerror="window.broken=1"><svg onload="window.broken=1">`
    const sample = sampleComparison(1)
    const lanes = sample.lanes.map((lane, index) => ({ ...lane, label: `${hostile}${index}` }))
    const runs = sample.runs.map((run, index) => ({
      ...run,
      lane: lanes[index] ?? run.lane,
      marks: run.marks.map((mark) =>
        'text' in mark
          ? { ...mark, text: hostile }
          : 'name' in mark
            ? { ...mark, name: hostile, arguments: hostile }
            : mark,
      ),
    }))
    await using report = await open({ ...sample, title: hostile, lanes, runs })
    expect(await report.page.evaluate(() => Reflect.get(window, 'broken'))).toBeUndefined()
    expect(await report.page.locator('img').count()).toBe(0)
  })

  describe.each([
    ['light', 1440, 'en'],
    ['dark', 1440, 'de'],
    ['light', 390, 'de'],
    ['dark', 390, 'en'],
  ] as const)('in %s at %i px in %s', (theme, width, language) => {
    it('has nothing axe objects to and does not scroll sideways', async () => {
      await using report = await open(sampleComparison(2), { theme, width, language })
      const { page } = report
      await page.locator('details').evaluateAll((all) => {
        for (const details of all) details.setAttribute('open', '')
      })
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      )
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    })
  })
})

declare global {
  interface Window {
    readonly axe: typeof axe
    /** Loudest sample that leaves the page at this moment. */
    readonly loudest: () => number
  }
}

interface OpenOptions {
  readonly audio?: boolean
  readonly language?: 'en' | 'de'
  readonly theme?: 'light' | 'dark'
  readonly width?: number
}

/** A report in a page without a network, which fails at its end when anything was written to the console. */
async function open(comparison: Comparison, options: OpenOptions = {}) {
  const { audio = true, language = 'en', theme = 'light', width = 1440 } = options
  const path = join(folder, `${crypto.randomUUID()}.html`)
  await writeFile(path, reportHtml([comparison], { language, audio }))
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    offline: true,
  })
  await context.addInitScript(listenToOutput)
  const page = await context.newPage()
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(pathToFileURL(path).href)
  await page.locator('html[data-ready]').waitFor()
  return {
    page,
    asked,
    async [Symbol.asyncDispose]() {
      await context.close()
      expect(complaints).toEqual([])
    },
  }
}

/** Runs in the page: all that goes to the loudspeaker goes through an analyser too. */
function listenToOutput(): void {
  const analysers: AnalyserNode[] = []
  const connect = AudioNode.prototype.connect
  AudioNode.prototype.connect = function (this: AudioNode, ...target: unknown[]) {
    if (target[0] instanceof AudioDestinationNode) {
      const analyser = this.context.createAnalyser()
      Reflect.apply(connect, this, [analyser])
      analysers.push(analyser)
    }
    return Reflect.apply(connect, this, target)
  }
  Reflect.set(window, 'loudest', () => {
    const samples = new Float32Array(2048)
    return Math.max(
      0,
      ...analysers.map((analyser) => {
        analyser.getFloatTimeDomainData(samples)
        return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
      }),
    )
  })
}

function loudest(page: Page): Promise<number> {
  return page.evaluate(() => window.loudest())
}

async function classOf(locator: ReturnType<Page['locator']>): Promise<string> {
  return (await locator.getAttribute('class')) ?? ''
}

async function seek(page: Page, at: number): Promise<void> {
  await page.locator('[data-part=seek]').evaluate((input, value) => {
    Reflect.set(input, 'value', String(Math.round(value)))
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }, at)
}

/** End of a lane's first repeat on the shared axis, ms, as the report's data tell it. */
function lengthOf(page: Page, label: string): Promise<number> {
  return page.evaluate((name) => {
    const data: unknown = JSON.parse(document.querySelector('#report-data')?.textContent ?? '{}')
    interface Facts {
      comparisons: {
        runs: { lane: { label: string }; durationMs: number; marks: { type: string; at: number }[] }[]
      }[]
    }
    const runs = (data as Facts).comparisons[0]?.runs ?? []
    const first = (run: (typeof runs)[number]) =>
      run.marks.find(({ type }) => type === 'speech_start')?.at ?? 0
    const origin = Math.max(...runs.map(first))
    const run = runs.find(({ lane }) => lane.label === name)
    return run === undefined ? 0 : run.durationMs + origin - first(run)
  }, label)
}
