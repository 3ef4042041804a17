import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { ask, launchBrowser, openPlayground } from './browser.ts'
import { writeMicrophoneFile } from './microphone-file.ts'

const stack = new AsyncDisposableStack()
let browser: Browser

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-german-'))
  stack.defer(() => rm(folder, { recursive: true }))
  const microphone = join(folder, 'microphone.wav')
  await writeMicrophoneFile(microphone, [{ afterMs: 3_000, text: 'Good morning, is anybody there?' }])
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath'), microphone }))
})
afterAll(() => stack.disposeAsync())

async function speakingGerman(): Promise<Page> {
  const page = await openPlayground(browser, inject('url'), { language: 'de' })
  await page.getByTestId('language').selectOption('de')
  return page
}

describe('a person who speaks German', () => {
  it('is told what that needs, and can type', async () => {
    const page = await speakingGerman()
    expect(await page.getByTestId('language-needs').textContent()).toContain('Deutsch')
    const download = page.getByTestId('download').first()
    expect(await download.textContent()).toMatch(/\d+\sMB/)
    expect(await ask(page, 'Wie lautet siebzehn mal vier?')).toContain('68')
  })

  it('finds the choice again after the page was loaded again', async () => {
    const page = await speakingGerman()
    await page.reload()
    await page.locator('[data-testid=backend]:enabled').waitFor({ state: 'attached' })
    expect(await page.getByTestId('language').inputValue()).toBe('de')
  })

  it('hears why speech was not understood, and has the turn again', async () => {
    const page = await speakingGerman()
    await page.getByTestId('microphone').click()
    await page.locator('[data-testid=problem][data-code=model_not_downloaded]').waitFor()
    await page.locator('[data-testid=activity][data-activity=quiet]').waitFor()
    expect(await page.locator('[data-testid=turn][data-status=failed]').count()).toBe(1)
  })
})
