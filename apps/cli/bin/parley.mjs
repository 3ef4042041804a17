#!/usr/bin/env node
// Runs the command line on the pinned Node, whichever Node started this. No dependencies, and nothing Node 20 lacks.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const app = dirname(dirname(fileURLToPath(import.meta.url)))
const root = dirname(dirname(app))
const main = join(app, 'src', 'main.ts')
const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

if (process.versions.node === devDependencies.node) {
  await import(pathToFileURL(main).href)
} else if (!existsSync(pinned)) {
  console.error(
    'Parley is not installed yet. Run "npm run parley" in its folder once: it installs what is needed.',
  )
  process.exitCode = 3
} else {
  runPinned()
}

/** The channel tells the child when this process is gone, however it ended. */
function runPinned() {
  const child = spawn(pinned, [main, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  // A terminal sends its signals to both; the child takes two within a moment for one.
  const signals = process.platform === 'win32' ? ['SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP']
  if (process.platform === 'win32') process.on('SIGINT', () => undefined)
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    console.error(`The pinned Node did not start: ${error.message}`)
    process.exit(3)
  })
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}
