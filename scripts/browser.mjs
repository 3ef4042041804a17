// Finds a Chromium for the browser tests, or gets one from the system's package manager.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './toolchain.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const applications = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Path of a Chromium or Chrome, `undefined` without one. */
export function findBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const installed = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [process.env.PARLEY_TEST_BROWSER, ...installed, ...applications].find(
    (path) => path && existsSync(path),
  )
}

/** Installs Chromium with apt where that needs no password; otherwise says what to do and ends. */
export async function installBrowser() {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (spawnSync('apt-get', ['--version']).status === 0) {
    console.log('Installing Chromium for the browser tests ...')
    const [command, ...args] = [...sudo, 'apt-get']
    await run(command, [...args, 'update', '-qq'])
    await run(command, [...args, 'install', '-y', '-qq', 'chromium'])
  }
  if (findBrowser()) return
  console.error(
    'The browser tests need Chromium or Chrome. Install one, or name it in PARLEY_TEST_BROWSER, and try again.',
  )
  process.exit(1)
}
