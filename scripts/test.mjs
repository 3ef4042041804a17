// npm test: install, then every check and test. The last line is 'N passed, N failed'.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { findBrowser, installBrowser } from './browser.mjs'
import { provideServers } from './servers.mjs'
import { install, pnpm, requireNode, root } from './toolchain.mjs'

requireNode()
await install()
if (!findBrowser()) await installBrowser()
await provideServers()

const workspaces = [
  '.',
  ...['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  ),
]
const reports = workspaces.map((workspace) => join(root, workspace, 'test-results'))
for (const folder of reports) rmSync(folder, { recursive: true, force: true })

const turbo = ['exec', 'turbo', 'run', '--continue', '--output-logs=new-only']
const codes = [
  await pnpm([...turbo, 'types', 'unit', '//#architecture', '--concurrency=2']),
  await pnpm([...turbo, 'integration', '--concurrency=1']),
]

const counts = reports
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.json'))
  .map((path) => JSON.parse(readFileSync(path, 'utf8')))
const passed = sum('numPassedTests')
// A run that broke before its tests began counts as one failure.
const broken = codes.some((code) => code !== 0)
const failed = Math.max(sum('numFailedTests'), broken ? 1 : 0)
for (const { file, title, message } of failures()) console.log(`✗ ${file}: ${title}\n    ${message}`)
console.log(`${passed} passed, ${failed} failed`)
process.exit(broken || passed === 0 ? 1 : 0)

/** Every failed test and every test file that did not load, each with the beginning of its error. */
function failures() {
  return counts.flatMap(({ testResults }) =>
    testResults.flatMap(({ name, status, message, assertionResults }) => {
      const failedTests = assertionResults.filter((result) => result.status === 'failed')
      const found = failedTests.map(({ fullName, failureMessages }) => [fullName, failureMessages.join('\n')])
      if (found.length === 0 && status === 'failed') found.push(['did not run', message])
      const file = relative(root, name)
      return found.map(([title, error]) => ({ file, title, message: error.slice(0, 600) }))
    }),
  )
}

function sum(field) {
  return counts.reduce((total, report) => total + report[field], 0)
}
