import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Locator } from 'playwright-core'
import { ask, finished, launchBrowser, openPlayground } from './browser.ts'
import { startInterpreter } from './interpreter.ts'
import { matchWords } from './listening.ts'
import { writeMicrophoneFile } from './microphone-file.ts'
import { startStack } from './servers.ts'

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

  it('translates what is spoken once there is a language model', async () => {
    await using local = new AsyncDisposableStack()
    const folder = await mkdtemp(join(tmpdir(), 'parley-translation-'))
    local.defer(() => rm(folder, { recursive: true }))
    const microphone = join(folder, 'microphone.wav')
    await writeMicrophoneFile(microphone, [{ afterMs: 1000, text: 'Where is the railway station?' }])
    const model = local.use(await startInterpreter('Wo ist der Bahnhof?'))
    const servers = local.use(
      await startStack({ PARLEY_LLM_URL: model.url, PARLEY_LLM_MODEL: 'interpreter' }),
    )
    const listening = local.use(await launchBrowser({ executablePath: inject('browserPath'), microphone }))
    const page = await openPlayground(listening, servers.url)
    await page.getByTestId('purpose').locator('input[value=translation]').check()
    // What is left to download is a voice: without it, another one reads the German.
    expect(await page.locator('[data-need=language-model]').count()).toBe(0)

    await page.getByTestId('microphone').click()
    await finished(page, 0)

    const exchange = page.getByTestId('exchange').first()
    const side = (name: string) => exchange.locator(`[data-side=${name}] .turn-text`).textContent()
    expect(matchWords('Where is the railway station?', (await side('original')) ?? '').share).toBeGreaterThan(
      0.6,
    )
    expect(await side('translation')).toBe('Wo ist der Bahnhof?')
    expect(model.instructions()).toContain('from English into German')
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
