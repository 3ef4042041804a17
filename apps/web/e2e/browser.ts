import { chromium, type Browser, type Page } from 'playwright-core'
import { probe } from './probe.ts'

/** What a browser of the tests hears and allows. */
export interface BrowserOptions {
  readonly executablePath: string
  /** WAV file that is the microphone, played once from the moment it is opened. */
  readonly microphone?: string
  /** True leaves the question whether the page may listen to the person, and nobody answers yes. */
  readonly asksPermission?: boolean
}

/** Starts Chromium with a microphone made from a file. */
export function launchBrowser(options: BrowserOptions): Promise<Browser> {
  const { executablePath, microphone, asksPermission = false } = options
  if (executablePath === '') throw new Error('No Chromium found: install one or set PARLEY_TEST_BROWSER.')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-device-for-media-stream',
      ...(asksPermission ? [] : ['--use-fake-ui-for-media-stream']),
      ...(microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${microphone}%noloop`]),
    ],
  })
}

/** How the page is opened. */
export interface PageOptions {
  readonly width?: number
  readonly height?: number
  readonly language?: 'en' | 'de'
  readonly theme?: 'light' | 'dark'
}

/** Opens the playground in a profile of its own, with the probe in place, and waits until it knows its backends. */
export async function openPlayground(
  browser: Browser,
  url: string,
  options: PageOptions = {},
): Promise<Page> {
  const page = await openView(browser, url, options)
  await page.locator('[data-testid=backend]:enabled').waitFor({ state: 'attached' })
  return page
}

/** Opens any view of the page in a profile of its own, with the probe in place. */
export async function openView(browser: Browser, url: string, options: PageOptions = {}): Promise<Page> {
  const { width = 1440, height = 900, language = 'en', theme = 'light' } = options
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language,
    hasTouch: width < 800,
    deviceScaleFactor: width < 800 ? 2 : 1,
  })
  await context.addCookies([
    { name: 'parley-language', value: language, url },
    { name: 'parley-theme', value: theme, url },
  ])
  await context.addInitScript(probe)
  const page = await context.newPage()
  await page.goto(url)
  return page
}

/** Types a message and gives the text of its answer, which may still be sounding. */
export async function ask(page: Page, words: string): Promise<string> {
  const answers = page.locator('[data-testid=turn][data-role=assistant]')
  const before = await answers.count()
  await page.getByTestId('composer-input').fill(words)
  await page.getByTestId('composer-input').press('Enter')
  const answer = answers.nth(before)
  await answer.and(page.locator('[data-status=done]')).waitFor()
  return (await answer.locator('.turn-text').textContent()) ?? ''
}

/** Resolves when the assistant's turn at this place (from 0) is complete and nothing sounds any more. */
export async function finished(page: Page, place: number): Promise<void> {
  await page
    .locator('[data-testid=turn][data-role=assistant]')
    .nth(place)
    .and(page.locator('[data-status=done]'))
    .waitFor({ timeout: 45_000 })
  await page.locator('[data-testid=activity][data-activity=quiet]').waitFor({ timeout: 45_000 })
}
