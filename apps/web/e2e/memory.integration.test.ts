import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { ask, launchBrowser, openPlayground } from './browser.ts'
import { startStack } from './servers.ts'

const stack = new AsyncDisposableStack()
let browser: Browser

beforeAll(async () => {
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath') }))
})
afterAll(() => stack.disposeAsync())

describe('a conversation of the playground', () => {
  it('is continued from the list after the page was loaded again', async () => {
    const page = await openPlayground(browser, inject('url'))
    await ask(page, 'My name is Ada.')
    await page.reload()
    await page
      .getByTestId('conversation')
      .filter({ hasText: 'My name is Ada.' })
      .getByRole('button')
      .first()
      .click()
    await page.locator('[data-testid=turn][data-role=user]', { hasText: 'My name is Ada.' }).waitFor()

    expect(await ask(page, 'What is my name?')).toContain('Ada')
    expect(await page.getByTestId('turn').count()).toBe(4)
  })

  it('goes on when the gateway was killed and came back', async () => {
    await using servers = await startStack()
    const page = await openPlayground(browser, servers.url)
    await ask(page, 'My name is Grace.')

    await servers.killGateway()
    await page.locator('[data-testid=connection-state][data-state=reconnecting]').waitFor()
    const problem = page.locator('[data-testid=problem][data-code=gateway_unreachable]')
    await problem.waitFor()
    expect(await problem.locator('.problem-advice').textContent()).not.toBe('')

    await servers.restartGateway()
    await page.locator('[data-testid=connection-state][data-state=open]').waitFor()
    await problem.waitFor({ state: 'detached' })
    expect(await ask(page, 'What is my name?')).toContain('Grace')
  }, 150_000)
})

describe('a page that may not use the microphone', () => {
  it('says what to do, and can be typed to', async () => {
    await using refusing = await launchBrowser({
      executablePath: inject('browserPath'),
      asksPermission: true,
    })
    const page = await openPlayground(refusing, inject('url'))
    // Granting nothing refuses everything.
    await page.context().grantPermissions([])

    await page.getByTestId('microphone').click()
    const problem = page.locator('[data-testid=problem][data-code=permission_denied]')
    await problem.waitFor()
    expect(await problem.locator('.problem-advice').textContent()).not.toBe('')

    expect(await ask(page, 'Count to five.')).toContain('5')
  })
})
