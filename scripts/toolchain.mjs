// What start and test share. No dependencies: it runs before anything is installed, on any Node from 20 on.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const stampFile = join(root, 'node_modules', '.parley-install')

/** The pinned Node, once installed. */
export const pinnedNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/** Ends the process with one sentence when this Node is too old to go on. */
export function requireNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 20) return
  console.error(
    `Parley needs Node 20 or newer to start; this is ${process.version}. Get one at https://nodejs.org.`,
  )
  process.exit(1)
}

/** Runs the pinned pnpm and resolves with its exit code. Output goes to the terminal, or all of it to stderr. */
export function pnpm(args, { env = process.env, output = 'both' } = {}) {
  const stdio = ['ignore', output === 'stderr' ? 2 : 'inherit', 'inherit']
  return run('npx', ['--yes', manifest.packageManager, ...args], { env: withoutNpmSettings(env), stdio })
}

/** Starts the pinned pnpm and gives the process. */
export function spawnPnpm(args, options) {
  const env = withoutNpmSettings(process.env)
  const shell = process.platform === 'win32'
  return spawn('npx', ['--yes', manifest.packageManager, ...args], { cwd: root, env, shell, ...options })
}

/** Runs a command with its output on the terminal and resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      ...options,
    })
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

/** Installs from the frozen lockfile when what is installed differs from it. `output: 'stderr'` keeps stdout clean. */
export async function install({ output = 'both' } = {}) {
  const wanted = installFingerprint()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted && existsSync(pinnedNode)) return
  const say = output === 'stderr' ? console.error : console.log
  say('Installing packages (first time, or the lockfile changed) ...')
  const code = await pnpm(['install', '--frozen-lockfile'], { output })
  if (code !== 0) {
    console.error(
      'The installation failed. Read the message above; a network and the npm registry are needed once.',
    )
    process.exit(code)
  }
  const { status, stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' })
  if (status !== 0 || stdout.trim() !== `v${manifest.devDependencies.node}`) {
    console.error(
      `The pinned Node ${manifest.devDependencies.node} did not install on ${process.platform}-${process.arch}.`,
    )
    process.exit(1)
  }
  writeFileSync(stampFile, wanted)
}

function installFingerprint() {
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
    hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** npm hands its own settings down as variables; pnpm would warn about each. */
function withoutNpmSettings(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_(config|package|lifecycle)_/.test(name)),
  )
}
