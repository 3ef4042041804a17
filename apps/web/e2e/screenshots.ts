import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { ask, launchBrowser, openPlayground, openView } from './browser.ts'
import { writeMicrophoneFile } from './microphone-file.ts'
import { exportRuns, pictureRuns } from './run-screenshots.ts'
import { startStack } from './servers.ts'

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }
const themes = ['light', 'dark'] as const

/** Three tunings of the local backend on the same questions. */
const comparison = new URLSearchParams([
  ['scenario', 'question-and-answer'],
  ['lane', 'local'],
  ['lane', 'quick=local?silence_ms=250'],
  ['lane', 'patient=local?silence_ms=900&voice=slt'],
])

/** Speaks with the playground, interrupts it, and takes a picture while it answers again: of each theme and size. */
export async function takeScreenshots(executablePath: string, folder: URL): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const temporary = await mkdtemp(join(tmpdir(), 'parley-screenshots-'))
  stack.defer(() => rm(temporary, { recursive: true }))
  const microphone = join(temporary, 'microphone.wav')
  await writeMicrophoneFile(microphone, [
    { afterMs: 800, text: 'What happens when I interrupt you?' },
    { afterMs: 6500, text: 'How do you remember a conversation?' },
  ])
  let exports: readonly string[] | undefined
  for (const theme of themes) {
    for (const [size, viewport] of Object.entries(sizes)) {
      await using servers = await startStack()
      await using browser = await launchBrowser({ executablePath, microphone })
      for (const words of ['My name is Ada, and I live in Oslo.', 'Which voices are there?']) {
        const before = await openPlayground(browser, servers.url)
        await ask(before, words)
        await before.context().close()
      }
      const page = await openPlayground(browser, servers.url, { ...viewport, theme })
      const answer = page.locator('[data-testid=turn][data-role=assistant]').nth(1)
      await page.getByTestId('microphone').click()
      await answer.and(page.locator('[data-sounding][data-status=done]')).waitFor()
      await page.locator('[data-heard=false]').waitFor({ state: 'attached' })
      const picture = (name: string): string => fileURLToPath(new URL(`${name}-${theme}-${size}.png`, folder))
      await page.screenshot({ path: picture('playground') })
      await page.context().close()
      await pictureVoices(
        await openPlayground(browser, servers.url, { ...viewport, theme }),
        picture('voices'),
      )
      await pictureComparison(
        await openView(browser, `${servers.url}/compare?${comparison}`, { ...viewport, theme }),
        picture,
      )
      await pictureListening(
        await openView(browser, `${servers.url}/listen`, { ...viewport, theme }),
        picture('listen'),
      )
      exports ??= await exportRuns(browser, servers.url)
      await pictureRuns(browser, {
        url: servers.url,
        exports,
        picture: (view, name) => view.screenshot({ path: picture(name) }),
        ...viewport,
        theme,
      })
    }
  }
}

/** The search for a voice, with one chosen. */
async function pictureVoices(page: Page, path: string): Promise<void> {
  const setup = page.getByTestId('view-setup')
  if (await setup.isVisible()) await setup.click()
  await page.getByTestId('voice').click()
  await page.getByTestId('voice-option').first().click()
  await page.screenshot({ path })
}

/** A sample with its turns in the listening lab. */
async function pictureListening(page: Page, path: string): Promise<void> {
  await page.getByTestId('sample-en').click()
  await page.locator('[data-testid=lab-stage][data-phase=ready]').waitFor()
  await page.locator('[data-testid=lab-turn]').nth(3).waitFor()
  if (await page.evaluate(() => innerWidth < 800)) {
    await page.getByTestId('lab-stage').evaluate((stage) => stage.scrollIntoView())
  }
  await page.screenshot({ path })
  await page.context().close()
}

/** Three lanes on one axis while they run, and what came of it. */
async function pictureComparison(page: Page, picture: (name: string) => string): Promise<void> {
  await page.locator('[data-testid=start]:enabled').waitFor()
  await page.getByTestId('start').click()
  // Until every lane has answered the second question.
  for (const lane of await page.getByTestId('lane').all()) {
    await lane.getByText(/^Step 6/).waitFor({ timeout: 45_000 })
  }
  await page.locator('#lanes').scrollIntoViewIfNeeded()
  await page.screenshot({ path: picture('compare-live') })
  await page.locator('[data-testid=run-state][data-phase=done]').waitFor({ timeout: 60_000 })
  await page.screenshot({ path: picture('compare') })
  await page.context().close()
}
