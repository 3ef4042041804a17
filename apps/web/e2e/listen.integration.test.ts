import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeWav } from '@parley/audio'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { labRanges } from '../src/listen/lab-settings.ts'
import { launchBrowser, openView } from './browser.ts'
import { faults } from './faults.ts'
import { writeMicrophoneFile } from './microphone-file.ts'
import { sessionOver } from './session-over.ts'

const stack = new AsyncDisposableStack()
let browser: Browser
/** Two sentences with 700 ms between them, and silence at the end. */
let sentences: string

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-listen-'))
  stack.defer(() => rm(folder, { recursive: true }))
  sentences = join(folder, 'sentences.wav')
  await writeMicrophoneFile(sentences, [
    { afterMs: 800, text: 'Good morning, this is the first sentence.' },
    { afterMs: 700, text: 'And here comes the second one.' },
  ])
  browser = stack.use(await launchBrowser({ executablePath: inject('browserPath'), microphone: sentences }))
})
afterAll(() => stack.disposeAsync())

async function openLab(options: Parameters<typeof openView>[2] = {}): Promise<Page> {
  const page = await openView(browser, `${inject('url')}/listen`, options)
  await page.locator('[data-testid=lab-stage]').waitFor()
  return page
}

async function heardAll(page: Page): Promise<void> {
  await page.locator('[data-testid=lab-stage][data-phase=ready]').waitFor({ timeout: 30_000 })
}

const turns = (page: Page): Promise<number> => page.getByTestId('lab-turn').count()

async function choose(page: Page, choice: string, value: string): Promise<void> {
  await page.locator(`[data-testid=${choice}] label:has(input[value=${value}])`).click()
}

/** What the canvas shows. */
const drawing = (page: Page): Promise<string> =>
  page.locator('[data-testid=lab-picture] canvas').evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('This is no canvas.')
    return element.toDataURL()
  })

/** Moves a slider as a hand does. */
async function slide(page: Page, name: string, value: number): Promise<void> {
  await page.getByTestId(`slider-${name}`).fill(String(value))
}

describe('the listening lab', () => {
  it('marks the speech of a microphone while it is heard', async () => {
    const page = await openLab()
    await page.getByTestId('lab-microphone').click()
    await page.locator('[data-testid=lab-mark][data-kind=started]').nth(1).waitFor({ timeout: 20_000 })
    await page.locator('[data-testid=lab-mark][data-kind=stopped]').nth(1).waitFor({ timeout: 20_000 })
    expect(await page.getByTestId('lab-microphone').getAttribute('data-live')).toBe('true')
    await page.getByTestId('lab-microphone').click()
    await heardAll(page)
    expect(await turns(page)).toBe(2)
    await page.context().close()
  })

  it.for(['silero', 'energy'] as const)(
    'finds the turns of a file by %s, and others when the silence is moved',
    async (detector) => {
      const page = await openLab()
      await choose(page, 'choice-detector', detector)
      await page.getByTestId('lab-file').setInputFiles(sentences)
      await heardAll(page)
      expect(await turns(page)).toBe(2)

      await slide(page, 'silenceMs', 1200)
      await expect.poll(() => turns(page)).toBe(1)
      expect(await page.getByTestId('lab-turn').first().locator('td').nth(3).textContent()).toBe('1')

      await slide(page, 'silenceMs', 400)
      await expect.poll(() => turns(page)).toBe(2)
      expect(await page.getByTestId('lab-problem').count()).toBe(0)
      await page.context().close()
    },
  )

  it('hears a file that is dropped on it', async () => {
    const page = await openLab()
    const dropped = await page.evaluateHandle(
      (base64) => {
        const transfer = new DataTransfer()
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        transfer.items.add(new File([bytes], 'dropped.wav', { type: 'audio/wav' }))
        return transfer
      },
      await readFile(sentences, 'base64'),
    )
    const place = page.locator('.drop')
    await place.dispatchEvent('dragover', { dataTransfer: dropped })
    expect(await place.getAttribute('data-over')).toBe('true')
    await place.dispatchEvent('drop', { dataTransfer: dropped })
    await heardAll(page)
    expect(await place.getAttribute('data-over')).toBe('false')
    expect(await turns(page)).toBe(2)
    await page.context().close()
  })

  it('draws anew for every slider that moves, and as before when it moves back', async () => {
    const page = await openLab()
    const moved = new Set<string>()
    const shows = [{}, { detector: 'energy' }, { mode: 'azure_semantic_vad', sureLevel: 'high' }]
    for (const settings of shows) {
      await page.evaluate((text) => localStorage.setItem('parley.listen', text), JSON.stringify(settings))
      await page.reload()
      await page.getByTestId('sample-en').click()
      await heardAll(page)
      const names = await page
        .locator('.slider input')
        .evaluateAll((sliders) => sliders.map((slider) => slider.getAttribute('data-testid') ?? ''))
      for (const name of names.filter((one) => !moved.has(one))) {
        moved.add(name)
        const slider = page.getByTestId(name)
        const value = await slider.inputValue()
        const before = await drawing(page)
        // The leave threshold would take the enter threshold along.
        await slider.fill((await slider.getAttribute(name.includes('leave') ? 'min' : 'max')) ?? '')
        await expect.poll(() => drawing(page), { message: name }).not.toBe(before)
        await slider.fill(value)
        await expect.poll(() => drawing(page), { message: `${name} back` }).toBe(before)
      }
    }
    expect([...moved].map((name) => name.replace('slider-', '')).toSorted()).toEqual(
      Object.keys(labRanges).toSorted(),
    )
    await page.context().close()
  })

  it('reads what is no WAV file by the browser, and says when it cannot', async () => {
    const page = await openLab()
    await page.getByTestId('lab-file').setInputFiles(sentences)
    await heardAll(page)
    await page.getByTestId('lab-file').setInputFiles({
      name: 'notes.mp3',
      mimeType: 'audio/mpeg',
      buffer: Buffer.from('no sound at all'),
    })
    const problem = page.locator('[data-testid=lab-problem][data-code=unreadable]')
    await problem.waitFor()
    expect(await problem.textContent()).toContain('notes.mp3')
    // What was there before still is.
    await heardAll(page)
    expect(await turns(page)).toBe(2)
    // A WAV file of 8 bits, which only the browser decodes.
    const wav = Buffer.from(encodeWav(new Float32Array(8000), 8000))
    wav.writeUInt16LE(8, 34)
    wav.writeUInt16LE(1, 32)
    await page.getByTestId('lab-file').setInputFiles({ name: '8.wav', mimeType: 'audio/wav', buffer: wav })
    await page.locator('[data-testid=lab-problem]').waitFor({ state: 'detached' })
    await expect.poll(() => turns(page)).toBe(0)
    await heardAll(page)
    expect(await page.getByTestId('lab-problem').count()).toBe(0)
    await page.context().close()
  })

  it('shows progress on a long file, and the page goes on to answer', async ({ task }) => {
    const second = Float32Array.from(
      { length: 16_000 },
      (_, i) => 0.1 * Math.sin(i / 20) * Math.sin(i / 3000),
    )
    const long = new Float32Array(16_000 * 600)
    for (let at = 0; at < long.length; at += 32_000) long.set(second, at)
    const path = `${sentences}.long.wav`
    await writeFile(path, encodeWav(long, 16_000))
    const page = await openLab()
    await page.evaluate(() => {
      let last = performance.now()
      const state = { longestMs: 0 }
      Object.assign(window, { waits: state })
      const tick = (): void => {
        const now = performance.now()
        state.longestMs = Math.max(state.longestMs, now - last)
        last = now
        requestAnimationFrame(tick)
      }
      requestAnimationFrame(tick)
    })
    await page.getByTestId('lab-file').setInputFiles(path)
    await page.locator('.lab-progress progress').waitFor()
    const begun = performance.now()
    await heardAll(page)
    const longestFrameMs = await page.evaluate(
      () => (window as unknown as { waits: { longestMs: number } }).waits.longestMs,
    )
    task.meta.figures = { heardTenMinutesInMs: performance.now() - begun, longestFrameMs }
    console.info('ten minutes', task.meta.figures)
    expect(longestFrameMs).toBeLessThan(1000)
    await page.context().close()
  })

  it('plays a turn that is clicked', async () => {
    const page = await openLab()
    await page.getByTestId('sample-en').click()
    await heardAll(page)
    expect(await turns(page)).toBeGreaterThanOrEqual(3)
    await page.getByTestId('hear-turn').nth(1).click()
    await page.locator('[data-testid=lab-play][data-playing=true]').waitFor()
    await page.locator('[data-testid=lab-play][data-playing=false]').waitFor({ timeout: 15_000 })
    const at = Number(await page.getByTestId('lab-picture').getAttribute('aria-valuenow'))
    expect(at).toBeGreaterThan(3)
    await page.context().close()
  })

  it('is moved and played by keys alone', async () => {
    const page = await openLab()
    await page.getByTestId('sample-de').click()
    await heardAll(page)
    const picture = page.getByTestId('lab-picture')
    await picture.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => picture.getAttribute('aria-valuenow')).toBe('1.1')
    await page.keyboard.press(' ')
    await page.locator('[data-testid=lab-play][data-playing=true]').waitFor()
    await page.keyboard.press(' ')
    await page.locator('[data-testid=lab-play][data-playing=false]').waitFor()
    const slider = page.getByTestId('slider-enterThreshold')
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    expect(await slider.getAttribute('aria-valuetext')).toBe('0.51')
    await page.context().close()
  })

  it('lets Tab reach whatever can be used', async () => {
    const page = await openLab()
    await page.getByTestId('sample-en').click()
    await heardAll(page)
    // Of a group of radio buttons Tab reaches the one that is chosen.
    const missed = await page.evaluate(() => {
      const usable = 'a[href], button:enabled, input:enabled:not([type=radio]), input:checked, [tabindex="0"]'
      const wanted = [...document.querySelectorAll<HTMLElement>(usable)].filter((one) =>
        one.checkVisibility(),
      )
      wanted.forEach((one, place) => one.setAttribute('data-place', String(place)))
      return wanted.map((one) => one.outerHTML.slice(0, 120))
    })
    const stops = missed.length
    await page.evaluate(() => window.getSelection()?.removeAllRanges())
    await page.locator('body').focus()
    const reached = new Set<string | null>()
    for (let stop = 0; stop < stops + 5; stop += 1) {
      await page.keyboard.press('Tab')
      reached.add(await page.evaluate(() => document.activeElement?.getAttribute('data-place') ?? null))
    }
    expect(missed.filter((_, place) => !reached.has(String(place)))).toEqual([])
    expect(stops).toBeGreaterThan(25)
    await page.context().close()
  })

  it.for([
    ['server_vad', 'openai'],
    ['server_vad', 'voice-live'],
    ['semantic_vad', 'openai'],
    ['semantic_vad', 'voice-live'],
    ['azure_semantic_vad', 'voice-live'],
  ] as const)('exports %s for %s as the gateway reads it', async ([mode, form]) => {
    const page = await openLab()
    await choose(page, 'choice-mode', mode)
    await choose(page, 'export-form', form)
    await slide(page, 'enterThreshold', 0.62)
    if (mode !== 'semantic_vad') await slide(page, 'silenceMs', 640)
    const download = page.waitForEvent('download')
    await page.getByTestId('save-json').click()
    const json = await readFile(await (await download).path(), 'utf8')
    expect(json).toBe(await page.getByTestId('session-json').textContent())
    const answer = await sessionOver(inject('gatewayUrl'), form, json)
    const expected =
      mode === 'azure_semantic_vad'
        ? // The local backend has no such detection and takes what it has with the same numbers.
          {
            type: 'session.updated',
            session: { turn_detection: { threshold: 0.62, silence_duration_ms: 640 } },
          }
        : JSON.parse(json.replace('.update"', '.updated"'))
    expect(answer, JSON.stringify(answer)).toMatchObject(expected)
    await page.context().close()
  })

  it('hands its silence to the playground', async () => {
    const page = await openLab()
    await slide(page, 'silenceMs', 780)
    await page.getByTestId('use-in-playground').click()
    await page.locator('[data-testid=backend]:enabled').waitFor({ state: 'attached' })
    expect(await page.locator('[data-testid=silence] input:checked').getAttribute('value')).toBe('800')
    await page.context().close()
  })

  it('keeps the picture in sight on a phone while a slider moves', async () => {
    const page = await openLab({ width: 390, height: 844 })
    await page.getByTestId('sample-en').click()
    await heardAll(page)
    await page.getByTestId('slider-silenceMs').focus()
    await page.keyboard.press('ArrowRight')
    const picture = await page.getByTestId('lab-picture').boundingBox()
    const slider = await page.getByTestId('slider-silenceMs').boundingBox()
    if (!picture || !slider) throw new Error('Something is not shown.')
    expect(picture.y).toBeGreaterThanOrEqual(0)
    expect(slider.y).toBeGreaterThan(picture.y + picture.height)
    expect(slider.y + slider.height).toBeLessThan(844)
    await page.context().close()
  })

  it.for(
    (['light', 'dark'] as const).flatMap((theme) =>
      (['en', 'de'] as const).flatMap((language) =>
        [1440, 390].map((width) => [theme, language, width] as const),
      ),
    ),
  )('has no serious fault of accessibility in %s, %s, at %d pixels', async ([theme, language, width]) => {
    const page = await openLab({ theme, language, width })
    await page.getByTestId(`sample-${language}`).click()
    await heardAll(page)
    expect(await faults(page)).toEqual([])
    const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(isTooWide).toBe(false)
    await page.context().close()
  })
})
