import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Locator } from 'playwright-core'
import { ask, launchBrowser, openPlayground } from './browser.ts'

const stack = new AsyncDisposableStack()
let browser: Browser

beforeAll(async () => {
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath') }))
})
afterAll(() => stack.disposeAsync())

async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number }> {
  const box = await element.boundingBox()
  if (!box) throw new Error('Not shown.')
  return box
}

describe('live translation', () => {
  it.for([1440, 390])('shows both transcripts together at %d pixels', async (width) => {
    const page = await openPlayground(browser, inject('url'), { width })
    if (width < 800) await page.getByTestId('view-setup').click()
    await page.getByTestId('purpose').locator('input[value=translation]').check()
    if (width < 800) await page.getByTestId('view-talk').click()
    await ask(page, 'Where is the station?')
    await ask(page, 'Thank you.')

    expect(await page.getByTestId('exchange').count()).toBe(2)
    const exchange = page.getByTestId('exchange').first()
    const original = await boxOf(exchange.locator('[data-side=original] [data-testid=turn]'))
    const translation = await boxOf(exchange.locator('[data-side=translation] [data-testid=turn]'))
    if (width > 800) {
      expect(Math.abs(translation.y - original.y)).toBeLessThan(2)
      expect(translation.x).toBeGreaterThanOrEqual(original.x + original.width)
    } else {
      expect(translation.y).toBeGreaterThan(original.y)
      expect(translation.x).toBe(original.x)
    }
    const heads = await page.getByTestId('translation-heads').locator('p').allTextContents()
    expect(heads).toEqual(['Original English', 'Translation German'])
    await page.context().close()
  })

  it('makes the session an interpreter, and turns it around', async () => {
    const page = await openPlayground(browser, inject('url'), { language: 'de' })
    const sessions: unknown[] = []
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const event: unknown = JSON.parse(String(payload))
        if (event instanceof Object && Reflect.get(event, 'type') === 'session.update') {
          sessions.push(Reflect.get(event, 'session'))
        }
      }),
    )
    await page.getByTestId('purpose').locator('input[value=translation]').check()
    await ask(page, 'Wo ist der Bahnhof?')
    await page.getByTestId('swap').click()
    await expect.poll(() => sessions.length).toBe(2)
    expect(sessions).toMatchObject([
      {
        instructions: expect.stringContaining('from German into English'),
        audio: { input: { transcription: { language: 'de' } }, output: { voice: 'slt' } },
      },
      {
        instructions: expect.stringContaining('from English into German'),
        audio: { input: { transcription: { language: 'en' } } },
      },
    ])
    await page.context().close()
  })

  it('says what the local backend lacks: a language model, and the download for the language', async () => {
    const page = await openPlayground(browser, inject('url'), { language: 'de' })
    await page.getByTestId('purpose').locator('input[value=translation]').check()
    const needs = page.getByTestId('translation-needs')
    expect(
      await needs.locator('[data-need]').evaluateAll((all) => all.map((each) => each.dataset['need'])),
    ).toEqual(['language-model', 'recognition-download'])
    expect(await needs.textContent()).toContain('PARLEY_LLM_URL')
    expect(await needs.getByTestId('download').count()).toBe(1)
    expect(await page.getByTestId('translation-not-yet').isVisible()).toBe(true)
    await page.context().close()
  })
})
