import { readFile } from 'node:fs/promises'
import type { Vote } from '@parley/compare'
import type { Browser, Page } from 'playwright-core'
import { openView, type PageOptions } from './browser.ts'
import { castVotes } from './cast-votes.ts'

/** Takes a picture of a page under a name. */
type Picture = (page: Page, name: string) => Promise<unknown>

const lanes = ['local', 'quick=local?silence_ms=200', 'patient=local?silence_ms=900'] as const

/** Compares twice in the same way for the pictures, and gives both exports. */
export async function exportRuns(browser: Browser, url: string): Promise<readonly string[]> {
  const exports: string[] = []
  for (const text of Array.from({ length: 2 }, () => 'Hello! What can you do?')) {
    const search = new URLSearchParams({ source: 'type', text, repeats: '5', order: 'in turn' })
    for (const lane of lanes) search.append('lane', lane)
    const page = await openView(browser, `${url}/compare?${search}`)
    await page.locator('[data-testid=start]:enabled').click()
    await page.locator('[data-testid=run-state][data-phase=done]').waitFor({ timeout: 180_000 })
    const download = page.waitForEvent('download')
    await page.getByTestId('export').click()
    await page.getByTestId('export-json').click()
    exports.push(await readFile(await (await download).path(), 'utf8'))
    await page.context().close()
  }
  return exports
}

/** Pictures of the list, one run, two runs and the votes. */
export async function pictureRuns(
  browser: Browser,
  {
    url,
    exports,
    picture,
    ...options
  }: PageOptions & {
    readonly url: string
    readonly exports: readonly string[]
    readonly picture: Picture
  },
): Promise<void> {
  const page = await openView(browser, `${url}/runs`, options)
  await page.getByTestId('import-file').setInputFiles(
    exports.map((text, place) => ({
      name: `${place}.json`,
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    })),
  )
  const rows = page.getByTestId('run')
  await rows.nth(exports.length - 1).waitFor()
  const ids = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-id') ?? ''))
  await castSomeVotes(page, ids[0] ?? '')
  await page.reload()
  await rows.first().waitFor()
  await picture(page, 'runs')
  await page.goto(`${url}/runs/${ids[0]}`)
  await page.getByTestId('lane-numbers').first().waitFor()
  await picture(page, 'run')
  await page.goto(`${url}/runs/${ids[0]}?with=${ids[1]}`)
  await page.getByTestId('pair-table').waitFor()
  await picture(page, 'two-runs')
  await page.goto(`${url}/votes`)
  await page.getByTestId('pairs').waitFor()
  await picture(page, 'votes')
  await page.context().close()
}

/** Votes as a person might have cast them: made up for the picture. */
function castSomeVotes(page: Page, comparisonId: string): Promise<void> {
  const votes = Array.from({ length: 24 }, (_, place): Vote => {
    const shown = place % 3 === 0 ? ['local', 'quick', 'patient'] : ['local', 'quick']
    const best = place % 5 === 1 ? 'local' : place % 6 === 3 ? 'patient' : 'quick'
    return {
      id: `vote_${place}`,
      at: Date.now() - place * 5_400_000,
      comparisonId,
      scenario: place % 2 === 0 ? 'barge-in' : 'question-and-answer',
      lanes: shown,
      choice: place % 9 === 8 || !shown.includes(best) ? { kind: 'tie' } : { kind: 'lane', label: best },
      reasons: best === 'quick' ? ['faster'] : ['took_turns_better', 'more_natural'],
    }
  })
  return castVotes(page, votes)
}
