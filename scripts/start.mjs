// npm start: install, build the playground, run gateway and playground, print where they are.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { install, pinnedNode, pnpm, requireNode, root, spawnPnpm } from './toolchain.mjs'

requireNode()
await install()
await build()

const children = new Set()
const restarts = []
let stopping
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0))
watchParent()

const webPort = await playgroundPort()
const gatewayUrl = await startGateway()
const [playgroundUrl] = await Promise.all([startPlayground(gatewayUrl), enginesReady(gatewayUrl)])
if (!stopping) {
  console.log(`gateway: ${gatewayUrl}\nplayground: ${playgroundUrl}`)
  buildDocs(playgroundUrl)
}

async function build() {
  console.log('Building the playground ...')
  const code = await pnpm(['exec', 'turbo', 'run', 'build', '--filter=@parley/web', '--output-logs=new-only'])
  if (code === 0) return
  console.error('The playground did not build. Read the message above.')
  process.exit(code)
}

/** The playground hands the docs out at /docs as soon as they are built; nobody has to wait for them. */
function buildDocs(playgroundUrl) {
  const child = spawnPnpm(
    ['exec', 'turbo', 'run', 'build', '--filter=@parley/docs', '--output-logs=errors-only'],
    {
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  // pnpm and turbo start processes of their own, so the whole group is told.
  const builder = {
    once: (event, listener) => child.once(event, listener),
    kill: (signal) =>
      process.platform === 'win32' ? child.kill(signal) : process.kill(-(child.pid ?? 0), signal),
  }
  children.add(builder)
  child.once('exit', (code) => {
    children.delete(builder)
    if (stopping) return
    if (code === 0) console.log(`documentation: ${playgroundUrl}/docs`)
    else console.error(`The documentation did not build (code ${code}).`)
  })
}

/** Resolves with the gateway's address. Once it has run, a gateway that dies is started again where it was. */
function startGateway(address) {
  console.log(address ? 'Starting the gateway again ...' : 'Starting the gateway ...')
  let known = address
  const child = launch(
    'gateway',
    [join('apps', 'gateway', 'src', 'main.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...(address && { PARLEY_PORT: new URL(address).port }) },
    },
    () => {
      if (!known || !mayRestart()) return false
      void startGateway(known)
      return true
    },
  )
  return new Promise((resolve) => {
    let output = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text) => {
      output += text
      const found = /^gateway: (\S+)$/m.exec(output)
      if (!found) return
      known = found[1]
      resolve(found[1])
    })
  })
}

/** A gateway that dies again and again is not started for ever. */
function mayRestart() {
  const now = Date.now()
  restarts.push(now)
  return restarts.filter((at) => now - at < 60_000).length <= 3
}

async function startPlayground(gateway) {
  console.log('Starting the playground ...')
  const next = join(root, 'apps', 'web', 'node_modules', 'next', 'dist', 'bin', 'next')
  launch('playground', [next, 'start', '--port', String(webPort), '--hostname', '127.0.0.1'], {
    cwd: join(root, 'apps', 'web'),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PARLEY_GATEWAY_URL: gateway, NEXT_TELEMETRY_DISABLED: '1' },
  })
  const url = `http://127.0.0.1:${webPort}`
  if (await answers(url, 60_000)) return url
  if (!stopping) console.error(`The playground did not answer at ${url} within a minute.`)
  return stop(1)
}

/**
 * Children get no terminal signals of their own: this process tells them, once, in order. When one ends by itself,
 * everything does, unless `replaced` says that it was started again.
 */
function launch(name, args, options, replaced = () => false) {
  const child = spawn(pinnedNode, args, { cwd: root, detached: process.platform !== 'win32', ...options })
  children.add(child)
  child.once('exit', (code, signal) => {
    children.delete(child)
    if (stopping) return
    console.error(`The ${name} stopped with ${signal ?? `code ${code}`}. Its last words are above.`)
    if (!replaced()) void stop(1)
  })
  return child
}

function stop(code) {
  stopping ??= (async () => {
    await Promise.all(
      [...children].map(
        (child) =>
          new Promise((resolve) => {
            child.once('exit', resolve)
            child.kill('SIGTERM')
            setTimeout(() => child.kill('SIGKILL'), 12_000).unref()
          }),
      ),
    )
    process.exit(code)
  })()
  return stopping
}

/** A shell between npm and this process may take a signal for itself; then only our parent changes. */
function watchParent() {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) void stop(0)
  }, 500).unref()
}

/** Resolves with whether the address answered well within the time. */
async function answers(url, timeoutMs) {
  const deadline = Date.now() + timeoutMs
  while (Date.now() < deadline && !stopping) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
      await response.body?.cancel()
      if (response.ok) return true
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

/** The voices of the system are known once the engines run. A certificate of one's own cannot be checked here. */
async function enginesReady(gateway) {
  if (gateway.startsWith('https:') || (await answers(`${gateway}/readyz`, 30_000)) || stopping) return
  console.error(`The speech engines are not ready yet; ${gateway}/readyz says why.`)
}

async function playgroundPort() {
  const wanted = process.env.PARLEY_WEB_PORT
  if (!wanted) return freePort(3000)
  const port = Number(wanted)
  const isPort = Number.isInteger(port) && port > 0 && port < 65_536
  if (isPort && (await isFree(port))) return port
  const fault = isPort ? `Port ${port} is in use.` : `PARLEY_WEB_PORT is not a port: ${wanted}.`
  console.error(`${fault} Set PARLEY_WEB_PORT to another one, or leave it unset.`)
  process.exit(1)
}

async function freePort(first) {
  for (let port = first; port < first + 100; port += 1) if (await isFree(port)) return port
  throw new Error(`No free port from ${first} on.`)
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
