import { chromium, type Browser, type Page } from 'playwright-core'

/** Starts Chromium; throws without one. */
export function launchBrowser(executablePath: string): Promise<Browser> {
  if (executablePath === '') throw new Error('No Chromium found: install one or set PARLEY_TEST_BROWSER.')
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}

/** How a page is looked at. */
export interface Look {
  readonly theme?: 'light' | 'dark'
  readonly width?: number
}

/** A tab of its own, without a network beyond this machine. */
export async function openTab(browser: Browser, { theme = 'light', width = 1440 }: Look = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: width < 800 ? 844 : 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  await context.route(/./, (route) =>
    new URL(route.request().url()).hostname === '127.0.0.1' ? route.continue() : route.abort(),
  )
  return context.newPage()
}
