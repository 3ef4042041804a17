import type { Locator, Page } from 'playwright-core'

/** Opens what stands behind a tab of a narrow window or beside the conversation of a wide one. */
export async function showMemory(page: Page): Promise<Locator> {
  const tab = page.getByTestId('view-memory')
  if (await tab.isVisible()) await tab.click()
  else await page.getByTestId('beside').locator('input[value=memory]').check()
  const panel = page.getByTestId('memory')
  await panel.waitFor()
  return panel
}

/** Opens the settings of failover and memory, in a narrow window too. */
export async function openMemorySettings(page: Page): Promise<Locator> {
  const tab = page.getByTestId('view-setup')
  if (await tab.isVisible()) await tab.click()
  const settings = page.getByTestId('memory-settings')
  await settings.locator('summary').first().click()
  await page.getByTestId('context-strategy').waitFor()
  return settings
}

/** Waits until the conversation is connected. */
export function connected(page: Page): Promise<void> {
  return page.locator('[data-testid=connection-state][data-state=open]').waitFor({ timeout: 30_000 })
}

/** The line that says what happened to the session. */
export function notice(page: Page, kind: string): Locator {
  return page.locator(`[data-testid=turn][data-notice=${kind}]`)
}
