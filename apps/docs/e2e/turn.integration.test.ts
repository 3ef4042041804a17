import { resolve } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { launchBrowser } from './browser.ts'
import { serveSite } from './serve-site.ts'

const stack = new AsyncDisposableStack()
let browser: Browser
let url: string

beforeAll(async () => {
  url = stack.use(await serveSite(resolve(import.meta.dirname, '../out'))).url
  browser = stack.use(await launchBrowser(inject('browserPath')))
})
afterAll(() => stack.disposeAsync())

async function open(path: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`${url}${path}`, { waitUntil: 'networkidle' })
  return page
}

const told = (page: Page) => page.locator('.turn-steps [aria-current="step"]')

describe('the timeline of a turn', () => {
  it('is stepped through by arrow keys', async () => {
    const page = await open('/concepts/turn/', {})
    await page.getByRole('button', { name: 'Next' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await told(page).textContent()).toMatch(/^You stop/)
    await page.keyboard.press('ArrowLeft')
    expect(await told(page).textContent()).toMatch(/^Speech is heard/)
    await page.keyboard.press('ArrowLeft')
    expect(await told(page).count()).toBe(0)
  })

  it('plays to its end in real time, and is paused by the keyboard', async () => {
    const page = await open('/de/concepts/turn/', {})
    await page.clock.install()
    await page.getByRole('button', { name: 'Abspielen' }).focus()
    await page.keyboard.press('Space')
    await page.clock.runFor(2400)
    expect(await told(page).textContent()).toMatch(/^Im Voraus/)
    await page.keyboard.press('Space')
    await page.clock.runFor(2000)
    expect(await told(page).textContent()).toMatch(/^Im Voraus/)
    await page.keyboard.press('Space')
    await page.clock.runFor(5000)
    expect(await told(page).textContent()).toMatch(/^Stille/)
    expect(await page.getByRole('button', { name: 'Abspielen' }).isVisible()).toBe(true)
  })

  it('tells the step beside the picture, on a screen of 1440 by 900', async () => {
    const page = await open('/concepts/turn/', { viewport: { width: 1440, height: 900 } })
    await page.getByRole('button', { name: 'Next' }).click()
    const text = page.locator('.turn-told')
    expect(await text.textContent()).toMatch(/^1\. Speech is heard/)
    const boxes = await Promise.all([text, page.locator('.turn-picture')].map((each) => each.boundingBox()))
    const [top, bottom] = [boxes[0]?.y ?? expect.fail(), boxes[1] ?? expect.fail()]
    expect(bottom.y + bottom.height - top).toBeLessThan(600)
    expect(await page.getByRole('button', { name: 'Next' }).isVisible()).toBe(true)
  })

  it('brings the moment that is told into sight on a phone', async () => {
    const page = await open('/concepts/turn/', {
      viewport: { width: 390, height: 844 },
      reducedMotion: 'reduce',
    })
    for (let step = 0; step < 10; step++) {
      await page.getByRole('button', { name: 'Next' }).click()
      const mark = await page.locator('.turn-current circle').boundingBox()
      expect(mark?.x).toBeGreaterThanOrEqual(0)
      expect((mark?.x ?? 0) + (mark?.width ?? 0)).toBeLessThanOrEqual(390)
    }
  })

  it('does not play for those who want less motion', async () => {
    const page = await open('/concepts/turn/', { reducedMotion: 'reduce' })
    expect(await page.getByRole('button', { name: 'Next' }).isVisible()).toBe(true)
    expect(await page.getByRole('button', { name: 'Play' }).count()).toBe(0)
  })

  it('is a whole picture with its words without JavaScript', async () => {
    const page = await open('/concepts/turn/', { javaScriptEnabled: false })
    expect(await page.getByRole('img', { name: 'A turn on a time axis' }).isVisible()).toBe(true)
    expect(await page.locator('.turn-steps li').count()).toBe(10)
    expect(await page.locator('.turn-playhead').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Next' }).isVisible()).toBe(false)
  })
})
