import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  compareRuns,
  observe,
  parseComparison,
  summarise,
  toJson,
  winTable,
  type Vote,
} from '@parley/compare'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, openView, type PageOptions } from './browser.ts'
import { castVotes } from './cast-votes.ts'
import { faults } from './faults.ts'
import { sampleComparison } from './sample-comparison.ts'

const minute = 60_000
const before = sampleComparison({
  id: 'cmp_before',
  title: 'Trains, before',
  createdAt: Date.now() - 60 * minute,
  waits: { local: [700, 710, 720, 730, 740], quick: [400, 410, 420, 430, 440] },
})
const after = sampleComparison({
  id: 'cmp_after',
  title: 'Trains, after',
  createdAt: Date.now(),
  waits: { local: [500, 510, 520, 530, 540], quick: [405, 400, 425, 430, 440] },
})
const stack = new AsyncDisposableStack()
let browser: Browser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-runs-'))
  stack.defer(() => rm(folder, { recursive: true }))
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath') }))
})
afterAll(() => stack.disposeAsync())

describe('the list of runs', () => {
  it('takes in exports, names the field that is wrong in one, and shows what is asked for', async ({
    onTestFinished,
  }) => {
    const page = await open('/runs', onTestFinished)
    await page.getByTestId('empty').waitFor()
    const broken = toJson(before, { audio: false }).replace('"repeat":0', '"repeat":"first"')
    await give(page, { 'before.json': json(before), 'after.json': json(after), 'broken.json': broken })
    expect(await page.getByTestId('import-failure').textContent()).toMatch(/broken\.json.*runs\.0\.repeat/)
    await page.getByTestId('run').nth(1).waitFor()
    expect(await titles(page)).toEqual(['Trains, after', 'Trains, before'])

    await page.getByTestId('filter-text').fill('trains BEFORE')
    await page.getByTestId('run').nth(1).waitFor({ state: 'detached' })
    await page.getByTestId('sort').selectOption('fastest')
    expect(new URL(page.url()).search).toBe('?q=trains+BEFORE&sort=fastest')
    await page.reload()
    await page.getByTestId('run').waitFor()
    expect(await titles(page)).toEqual(['Trains, before'])
    await page.goto(`${inject('url')}/runs?scenario=elsewhere`)
    await page.getByTestId('count').waitFor()
    expect(await page.getByTestId('count').textContent()).toBe('0 of 2 runs')
  })

  it('stays quick and short with hundreds of runs', async ({ onTestFinished, task }) => {
    const page = await open('/runs', onTestFinished)
    const small = { ...after, repeats: 1, runs: after.runs.filter(({ repeat }) => repeat === 0) }
    const many = Array.from({ length: 240 }, (_, place) =>
      toJson(
        { ...small, id: `cmp_${place}`, title: `Run ${place}`, createdAt: place * minute },
        { audio: false },
      ),
    )
    await give(page, { 'many.jsonl': many.join('\n') })
    await page.reload()
    const began = performance.now()
    await page.getByTestId('run').first().waitFor()
    const figures = { listMs: Math.round(performance.now() - began) }
    task.meta.figures = figures
    console.info('list of 240 runs', figures)
    expect(figures.listMs).toBeLessThan(2000)
    expect((await titles(page)).slice(0, 2)).toEqual(['Run 239', 'Run 238'])
    expect(await page.getByTestId('run').count()).toBe(50)
    await page.getByTestId('next-page').click()
    expect((await titles(page))[0]).toBe('Run 189')
    expect(page.url()).toContain('page=2')
  })

  it('drops the sound alone, and deletes after a question', async ({ onTestFinished }) => {
    const page = await withRuns('/runs', onTestFinished)
    await chooseInMenu(page, 'cmp_before', 'drop-sound')
    await page.getByTestId('confirm-act').click()
    await page.locator('[data-id=cmp_before]').getByText('no sound kept').waitFor()
    await page.goto(`${inject('url')}/runs/cmp_before`)
    await page.getByTestId('silent').waitFor()
    expect(await wait(page, 'local')).toBe(720)

    await page.goto(`${inject('url')}/runs`)
    await chooseInMenu(page, 'cmp_before', 'delete')
    await page.keyboard.press('Escape')
    expect(await page.getByTestId('run').count()).toBe(2)
    await chooseInMenu(page, 'cmp_before', 'delete')
    await page.getByTestId('confirm-act').click()
    await page.locator('[data-id=cmp_before]').waitFor({ state: 'detached' })
    await page.reload()
    await page.getByTestId('run').waitFor()
    expect(await titles(page)).toEqual(['Trains, after'])
  })

  it('writes several runs into one file, which it reads again', async ({ onTestFinished }) => {
    const page = await withRuns('/runs', onTestFinished)
    await page.getByTestId('choose-all').check()
    const lines = (await readFile(await exported(page, 'export-chosen', 'json'), 'utf8')).trim().split('\n')
    expect(lines.map((line) => parseComparison(line).id)).toEqual(['cmp_after', 'cmp_before'])
    const rows = await readFile(await exported(page, 'export-chosen', 'csv'), 'utf8')
    expect(rows.match(/^comparison,/gm)).toHaveLength(1)
    expect(rows).toMatch(/^cmp_before,/m)
  })
})

describe('one run', () => {
  it('plays, takes a name, leads to the same comparison again, and goes out as a report', async ({
    onTestFinished,
  }) => {
    const page = await withRuns('/runs', onTestFinished)
    await page.getByText('Trains, after').click()
    await page.getByTestId('run-view').waitFor()
    expect(await page.title()).toBe('Trains, after · Parley')
    expect(await wait(page, 'local')).toBe(520)
    expect(await page.getByTestId('expectations').textContent()).toContain('5 of 5')

    await page.getByTestId('play').click()
    await page.locator('[data-testid=play][data-playing=true]').waitFor()
    await page.waitForFunction(() =>
      /[1-9]/.test(document.querySelector('.transport-position')?.textContent ?? ''),
    )
    await page.getByTestId('play').click()
    await page.locator('[data-testid=play][data-playing=false]').waitFor()

    await page.getByTestId('rename').click()
    await page.getByTestId('title').fill('Trains, renamed')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Trains, renamed' }).waitFor()
    expect(await page.title()).toBe('Trains, renamed · Parley')
    expect(await page.getByTestId('run-again').getAttribute('href')).toContain('lane=quick%3Dlocal')

    const report = await page.context().newPage()
    const problems: string[] = []
    report.on('pageerror', ({ message }) => problems.push(message))
    report.on('request', (request) => {
      if (/^https?:/.test(request.url())) problems.push(request.url())
    })
    await report.goto(pathToFileURL(await exported(page, 'export', 'report')).href)
    expect(await report.title()).toContain('Trains, renamed')
    await report.getByText('quick', { exact: true }).first().waitFor()
    expect(problems).toEqual([])
  })

  it('says so when this browser has no such run', async ({ onTestFinished }) => {
    const page = await open('/runs/cmp_elsewhere', onTestFinished)
    expect(await page.getByTestId('empty').textContent()).toContain('There is no such run')
    await give(page, { 'elsewhere.json': json({ ...after, id: 'cmp_elsewhere' }) })
    await page.getByTestId('run-view').waitFor()
  })
})

describe('two runs', () => {
  it('are held against each other lane by lane, with reasons to doubt', async ({ onTestFinished }) => {
    const page = await withRuns('/runs', onTestFinished)
    await page.getByTestId('choose').first().check()
    expect(await page.getByTestId('compare-chosen').isEnabled()).toBe(false)
    await page.getByTestId('choose').nth(1).check()
    await page.keyboard.press('c')
    await page.getByTestId('pair').waitFor()
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/runs/cmp_after?with=cmp_before')

    const cell = (label: string) => page.locator(`tr[data-measure=first_audio] td[data-label=${label}]`)
    const median = (of: typeof before) => summarise(observe(of, 'local', 'first_audio'))?.median
    expect(await cell('local').getAttribute('data-before')).toBe(String(median(before)))
    expect(await cell('local').getAttribute('data-after')).toBe(String(median(after)))
    const row = compareRuns(before, after).find(({ measure }) => measure.name === 'first_audio')
    expect(row?.cells[0]?.difference?.shift).toBe(-200)
    expect(await cell('local').textContent()).toContain('−200 ms')
    expect(await cell('local').locator('[data-verdict]').getAttribute('data-verdict')).toBe('better')
    expect(await cell('quick').locator('[data-verdict]').getAttribute('data-verdict')).toBe('open')
    expect(await page.getByTestId('pair-notes').textContent()).toContain('imported')

    await page.getByTestId('swap').click()
    await page.locator('td[data-label=local] [data-verdict=worse]').first().waitFor()
  })
})

describe('the votes', () => {
  it('are counted with their intervals, filtered, exported and deleted', async ({ onTestFinished }) => {
    const page = await open('/votes', onTestFinished)
    expect(await page.getByTestId('begin-blind').getAttribute('href')).toContain('blind=1')
    await castVotes(page, votes)
    await page.reload()
    const { pairings } = winTable(votes)
    const share = pairings.find(({ label, other }) => label === 'quick' && other === 'local')?.winShare
    const words = await page.getByTestId('pair').textContent()
    expect(words).toContain('9 : 1')
    expect(words).toContain(`between ${percent(share?.low)} and ${percent(share?.high)}`)
    expect(words).toContain('quick is preferred')
    expect(await page.locator('[data-reason=faster]').textContent()).toMatch(/quick.*9/)

    await page.getByTestId('filter-scenario').selectOption('barge-in')
    expect(new URL(page.url()).search).toBe('?scenario=barge-in')
    expect(await page.getByTestId('pair').textContent()).toContain('may be chance')
    const csv = await readFile(await exported(page, 'export-votes', 'csv'), 'utf8')
    expect(csv.trim().split('\r\n')).toHaveLength(4)

    const rows = page.getByTestId('vote-row')
    await rows.first().getByTestId('delete-vote').click()
    await page.getByTestId('confirm-act').click()
    await rows.nth(2).waitFor({ state: 'detached' })
    await page.goto(`${inject('url')}/votes`)
    await rows.nth(9).waitFor()
    expect(await rows.count()).toBe(10)
  })
})

describe.for([
  ['light', 'en', 1440],
  ['dark', 'de', 1440],
  ['dark', 'en', 390],
  ['light', 'de', 390],
] as const)('in %s, %s, at %d pixels', ([theme, language, width]) => {
  it('no view of runs and votes has a serious fault of accessibility', async ({ onTestFinished }) => {
    const page = await withRuns('/runs', onTestFinished, { theme, language, width })
    expect(await page.title()).toBe(language === 'de' ? 'Läufe · Parley' : 'Runs · Parley')
    await page.getByTestId('choose').first().check()
    expect(await faults(page)).toEqual([])
    await castVotes(page, votes)
    for (const [path, ready] of [
      ['/runs/cmp_after', 'run-view'],
      ['/runs/cmp_after?with=cmp_before', 'pair'],
      ['/votes', 'standings'],
    ] as const) {
      await page.goto(`${inject('url')}${path}`)
      await page.getByTestId(ready).waitFor()
      expect(await faults(page)).toEqual([])
    }
  })
})

const votes: readonly Vote[] = Array.from({ length: 11 }, (_, place) => ({
  id: `vote_${place}`,
  at: Date.now() - place * minute,
  comparisonId: place === 0 ? 'cmp_after' : 'cmp_gone',
  scenario: place < 3 ? 'barge-in' : 'trains',
  lanes: ['local', 'quick'],
  choice: place === 10 ? { kind: 'tie' } : { kind: 'lane', label: place === 1 ? 'local' : 'quick' },
  reasons: place === 10 || place === 1 ? [] : ['faster'],
  ...(place === 0 && { note: 'It let me finish.' }),
}))

type OnFinished = (close: () => Promise<void>) => void

async function open(path: string, onTestFinished: OnFinished, options: PageOptions = {}): Promise<Page> {
  const page = await openView(browser, `${inject('url')}${path}`, options)
  onTestFinished(() => page.context().close())
  return page
}

/** Opens the list with both samples in it. */
async function withRuns(path: string, onTestFinished: OnFinished, options: PageOptions = {}): Promise<Page> {
  const page = await open(path, onTestFinished, options)
  await give(page, { 'before.json': json(before), 'after.json': json(after) })
  await page.getByTestId('run').nth(1).waitFor()
  return page
}

function json(comparison: typeof before): string {
  return toJson(comparison, { audio: true })
}

/** Imports files and waits for what came of it. */
async function give(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  await page.getByTestId('import-file').setInputFiles(
    Object.entries(files).map(([name, text]) => ({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    })),
  )
  await page.locator('[data-testid=import-outcome], [data-testid=run-view]').waitFor()
}

function titles(page: Page): Promise<readonly string[]> {
  return page.getByTestId('run').locator('h2').allTextContents()
}

async function chooseInMenu(page: Page, id: string, item: string): Promise<void> {
  await page.locator(`[data-testid=run][data-id=${id}]`).getByTestId('run-more').click()
  await page.getByTestId(item).click()
  await page.getByTestId('confirm').waitFor()
}

/** Median of the wait for the first sound that stands under a lane, ms. */
async function wait(page: Page, label: string): Promise<number> {
  const figure = page.locator(`[data-testid=lane][data-label=${label}] [data-measure=first_audio]`)
  return Number(await figure.getAttribute('data-value'))
}

async function exported(page: Page, menu: string, kind: 'report' | 'json' | 'csv'): Promise<string> {
  const download = page.waitForEvent('download')
  await page.getByTestId(menu).click()
  await page.getByTestId(`export-${kind}`).click()
  const file = await download
  const path = join(folder, file.suggestedFilename())
  await file.saveAs(path)
  return path
}

function percent(share = Number.NaN): string {
  return new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 }).format(share)
}
