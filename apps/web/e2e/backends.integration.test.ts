import axe from 'axe-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import type { BackendList, VoicePage } from '../src/gateway-client.ts'
import { ask, launchBrowser, openPlayground } from './browser.ts'

const stack = new AsyncDisposableStack()
let browser: Browser

beforeAll(async () => {
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath') }))
})
afterAll(() => stack.disposeAsync())

/** The gateway's answer with some changes, as a page with another gateway would get it. */
async function withBackends(page: Page, change: (list: BackendList) => BackendList): Promise<void> {
  await page.route('**/v1/backends', async (route) => {
    const list: BackendList = await (await route.fetch()).json()
    await route.fulfill({ json: change(list) })
  })
  await page.reload()
  await page.locator('[data-testid=backend]:enabled').waitFor({ state: 'attached' })
}

async function focusable(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '')
}

describe('the choice of a backend', () => {
  it('names those that lack a setting, with that setting and the way to the documentation', async () => {
    const page = await openPlayground(browser, inject('url'))
    await page.getByTestId('unavailable').locator('summary').click()
    // Only the panel scrolls.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
    const openai = page.locator('[data-testid=unavailable-backend][data-name=openai]')
    expect(await openai.locator('code').textContent()).toBe('PARLEY_OPENAI_KEY')
    expect(await openai.locator('a').getAttribute('href')).toBe('/docs/backends/openai/')
    expect(await page.locator('[data-testid=backend] option[value=openai]').isDisabled()).toBe(true)
    await page.context().close()
  })

  it('is there as soon as the gateway is, however late', async () => {
    const page = await openPlayground(browser, inject('url'))
    let refusals = 0
    await page.route('**/v1/backends', (route) => (refusals++ === 0 ? route.abort() : route.continue()))
    await page.reload()
    await page.locator('[data-testid=backend]:enabled').waitFor({ state: 'attached' })
    expect(refusals).toBeGreaterThan(1)
    await page.context().close()
  })

  it('says what the chosen model can do', async () => {
    const page = await openPlayground(browser, inject('url'))
    const withModel = (backend: BackendList['backends'][number], tools: readonly 'function'[]) => ({
      ...backend,
      capabilities: { ...backend.capabilities, models: ['large', 'small'], tools },
    })
    let local: BackendList['backends'][number] | undefined
    await withBackends(page, (list) => {
      local = list.backends.find(({ name }) => name === 'local')
      return { ...list, backends: list.backends.map((backend) => withModel(backend, ['function'])) }
    })
    await page.route('**/v1/backends/local?model=small', (route) =>
      route.fulfill({ json: local && withModel(local, []) }),
    )
    const facts = page.getByTestId('backend-facts')
    await facts.locator('summary').first().click()
    const functions = facts.locator('[data-ability=functions]')
    expect(await functions.getAttribute('data-state')).toBe('native')
    await page.getByTestId('model').selectOption('small')
    await functions.and(page.locator('[data-state=none]')).waitFor()
    await page.context().close()
  })

  it('says what the backend does, what Parley does in its place, and what cannot be had', async () => {
    const page = await openPlayground(browser, inject('url'))
    await withBackends(page, ({ backends, ...list }) => ({
      ...list,
      backends: backends.map((backend) => ({
        ...backend,
        capabilities: {
          ...backend.capabilities,
          turnDetection: ['semantic_vad'],
          truncation: 'none',
          tools: [],
          sessionLimitMinutes: 10,
          sessionExtensions: ['temperature'],
          evidence: [
            {
              fields: ['tools', 'truncation'],
              source: 'https://example.com/live',
              date: '2026-11-02',
              confidence: 'documented',
            },
          ],
        },
      })),
    }))
    const facts = page.getByTestId('backend-facts')
    await facts.locator('summary').first().click()
    const state = (ability: string) => facts.locator(`[data-ability=${ability}]`).getAttribute('data-state')
    expect(await state('handsFree')).toBe('native')
    expect(await state('truncation')).toBe('supplied')
    expect(await state('functions')).toBe('none')
    expect(await facts.textContent()).toContain('10 minutes')
    await page.getByTestId('evidence').locator('summary').click()
    expect(await page.getByTestId('evidence').textContent()).toContain('Nov 2, 2026, documented')

    // The controls follow: what this backend knows can be chosen.
    await page.getByTestId('temperature').selectOption('0.7')
    await page.getByTestId('turn-mode').locator('input[value=semantic]').check()
    expect(await page.getByTestId('eagerness').isVisible()).toBe(true)
    await page.context().close()
  })

  it('shows a warning of the gateway as a quiet line', async () => {
    const page = await openPlayground(browser, inject('url'))
    await page.routeWebSocket(/realtime/, (socket) => {
      const server = socket.connectToServer()
      server.onMessage((message) => {
        socket.send(message)
        if (!String(message).includes('"session.updated"')) return
        const warning = { message: 'This backend knows no tracing.', code: 'unsupported', param: 'tracing' }
        socket.send(JSON.stringify({ type: 'warning', event_id: 'event_w', warning }))
      })
    })
    await ask(page, 'What time is it?')
    const notice = page.locator('[data-testid=turn][data-role=notice]')
    expect(await notice.textContent()).toContain('This backend knows no tracing.')
    expect(await page.getByTestId('problem').count()).toBe(0)
    expect(await page.locator('[data-testid=event][data-type=warning]').count()).toBe(1)
    await page.context().close()
  })
})

describe('the voice picker', () => {
  it('finds a voice by keyboard, speaks a sample, and puts it into force', async () => {
    const page = await openPlayground(browser, inject('url'))
    await page.getByTestId('voice').focus()
    await page.keyboard.press('Enter')
    await page.getByTestId('voice-option').first().waitFor()
    expect(await focusable(page)).toBe('voice-search')
    await page.keyboard.type('awb')
    await page.locator('[data-testid=voice-option][data-name=slt]').waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.getByTestId('voice-choice').getAttribute('data-voice')).toBe('awb')

    const spoken = page.waitForResponse(/\/v1\/voices\/sample/)
    while ((await focusable(page)) !== 'voice-sample') await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('[data-testid=voice-sample][data-state=playing]').waitFor()
    const sample = await spoken
    expect(sample.headers()['content-type']).toBe('audio/wav')
    // The page has taken the body as a blob, which the browser does not show again.
    const again = await (await fetch(sample.url())).arrayBuffer()
    expect(again.byteLength).toBeGreaterThan(20_000)
    await page.keyboard.press('Enter')
    await page.locator('[data-testid=voice-sample][data-state=silent]').waitFor()

    while ((await focusable(page)) !== 'voice-use') await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByTestId('voice-picker').waitFor({ state: 'detached' })
    expect(await focusable(page)).toBe('voice')
    expect(await page.getByTestId('voice').getAttribute('data-voice')).toBe('awb')
    await page.context().close()
  })

  it.for([1440, 390])('scrolls through hundreds of voices page by page at %d pixels', async (width) => {
    const page = await openPlayground(browser, inject('url'), { width })
    const asked: string[] = []
    await page.route('**/v1/voices?*', async (route) => {
      const query = new URL(route.request().url()).searchParams
      asked.push(query.get('cursor') ?? '')
      await route.fulfill({ json: voicePage(query, 630) })
    })
    if (width < 800) await page.getByTestId('view-setup').click()
    await page.getByTestId('voice').click()
    await page.getByTestId('voice-option').first().waitFor()
    expect(await page.getByTestId('voice-state').textContent()).toContain('630')
    const first = await page.getByTestId('voice-option').count()
    expect(first).toBeLessThan(100)
    await page.getByTestId('voice-list').evaluate((list) => list.scrollTo(0, list.scrollHeight))
    await page.getByTestId('voice-option').nth(first).waitFor({ state: 'attached' })
    expect(new Set(asked).size).toBe(asked.length)
    await page.context().close()
  })

  it('follows a list that is still being told, and says when it needs a key', async () => {
    const page = await openPlayground(browser, inject('url'))
    const states = ['loading', 'needs_key'] as const
    let requests = 0
    await page.route('**/v1/voices?*', async (route) => {
      const query = new URL(route.request().url()).searchParams
      const state = states[Math.min(requests++, 1)] ?? 'ready'
      const progress = state === 'loading' ? { received: 40_000, total: 400_000 } : null
      await route.fulfill({
        json: { ...voicePage(query, 0), state, progress, help: state === 'needs_key' ? 'Set X.' : null },
      })
    })
    await page.getByTestId('voice').click()
    await page.locator('[data-testid=voice-state][data-state=loading] progress').waitFor()
    const needsKey = page.locator('[data-testid=voice-state][data-state=needs_key]')
    await needsKey.waitFor()
    expect(await needsKey.textContent()).toContain('Set X.')
    await page.context().close()
  })

  it.for(['light', 'dark'] as const)('has no serious fault of accessibility in %s colours', async (theme) => {
    const page = await openPlayground(browser, inject('url'), { theme, language: 'de' })
    await page.evaluate(axe.source)
    await page.getByTestId('voice').click()
    await page.getByTestId('voice-option').first().click()
    const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    await page.context().close()
  })
})

/** A page of made-up voices. */
function voicePage(query: URLSearchParams, total: number): VoicePage {
  const from = Number(query.get('cursor') ?? 0)
  const to = Math.min(total, from + Number(query.get('limit')))
  return {
    voices: Array.from({ length: to - from }, (_, place) => ({
      name: `en-US-Voice${from + place}Neural`,
      title: `Voice ${from + place}`,
      languages: ['en-US'],
      gender: 'female',
      engine: 'neural',
      styles: ['cheerful', 'calm'],
    })),
    total,
    next: to < total ? String(to) : null,
    state: 'ready',
    progress: null,
    help: null,
    samples: true,
  }
}
