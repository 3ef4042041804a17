import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** A real server as a child process on loopback. Disposing of it kills it and deletes its data. */
export interface TestServer extends AsyncDisposable {
  /** Address with user, password and port; the same after `restart`. */
  readonly url: string
  readonly port: number
  /** Temporary folder of its data. */
  readonly folder: string
  /** Version the server names itself by, for example `15.19`. */
  readonly version: string
  /** Ends it in order and keeps its data. */
  stop(): Promise<void>
  /** SIGKILL to the server with all its children; its data stays as it lies on the disk. */
  kill(): Promise<void>
  /** Starts it again on its data and port, after `stop`, `kill` or on its own end; one that runs is stopped first. */
  restart(): Promise<void>
  /** Halts it without closing a connection, as a machine that hangs (not on Windows). `thaw` lets it go on. */
  freeze(): void
  thaw(): void
}

/** How one kind of server is started. */
export interface ServerRecipe {
  readonly name: string
  readonly command: string
  readonly env?: Readonly<Record<string, string>>
  /** Prepares an empty folder, once. */
  readonly prepare: (folder: string, account: Account | undefined) => Promise<void>
  readonly args: (folder: string, port: number) => readonly string[]
  /** Line of its output that says it takes connections. */
  readonly ready: RegExp
  readonly stopSignal: NodeJS.Signals
  readonly url: (port: number) => string
  readonly version: string
}

/** Whom a server runs as where this process is root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

const startTimeoutMs = 60_000
const startTries = 20

/** Kills the server and deletes its data when the pipe to this process closes, however it ended. */
const guard = 'read -r _; kill -s KILL -- "-$1" 2>/dev/null; rm -rf -- "$2"'

/** Starts a server in a temporary folder on a free port. */
export async function startServer(recipe: ServerRecipe): Promise<TestServer> {
  const account = unprivilegedAccount()
  const folder = await mkdtemp(join(tmpdir(), `parley-${recipe.name}-`))
  let running: Running | undefined
  let port = 0
  async function remove(): Promise<void> {
    await running?.end('SIGKILL')
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }

  try {
    if (account !== undefined) await chown(folder, account.uid, account.gid)
    await recipe.prepare(folder, account)
    running = await launchInTurn(async () => {
      port = await freePort()
      return launch(recipe, { folder, port, account })
    })
  } catch (error) {
    await remove()
    throw error
  }

  return {
    url: recipe.url(port),
    port,
    folder,
    version: recipe.version,
    stop: async () => running?.end(recipe.stopSignal),
    kill: async () => running?.end('SIGKILL'),
    async restart() {
      await running?.end(recipe.stopSignal)
      running = await launchInTurn(async () => launch(recipe, { folder, port, account }))
    },
    freeze: () => running?.signal('SIGSTOP'),
    thaw: () => running?.signal('SIGCONT'),
    [Symbol.asyncDispose]: remove,
  }
}

/** Runs a command to its end as the account; throws what it said when it fails. */
export async function runAs(
  account: Account | undefined,
  {
    command,
    args,
    env = {},
  }: { command: string; args: readonly string[]; env?: Readonly<Record<string, string>> },
): Promise<void> {
  const child = spawn(command, args, {
    ...account,
    cwd: tmpdir(),
    env: { ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = collect(child)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} failed (${String(code)}): ${output.text()}`)
}

/** Tries again while a killed server's children, or another process, still hold what it needs. */
async function launchInTurn(start: () => Promise<Running>): Promise<Running> {
  for (let tries = 1; ; tries++) {
    try {
      return await start()
    } catch (error) {
      if (!(error instanceof Error && /in use/i.test(error.message)) || tries === startTries) throw error
      await setTimeout(100)
    }
  }
}

interface Running {
  signal(name: NodeJS.Signals): void
  /** Resolves when the process is gone. */
  end(name: NodeJS.Signals): Promise<void>
}

async function launch(
  recipe: ServerRecipe,
  { folder, port, account }: { folder: string; port: number; account: Account | undefined },
): Promise<Running> {
  const ownGroup = process.platform !== 'win32'
  const child = spawn(recipe.command, recipe.args(folder, port), {
    ...account,
    cwd: folder,
    env: { ...inherited(), ...recipe.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: ownGroup,
  })
  const output = collect(child)
  const ended = once(child, 'exit')
  const { pid } = child
  if (pid === undefined) {
    const [cause] = await once(child, 'error')
    throw new Error(`${recipe.command} cannot be started.`, { cause })
  }
  const guardian = ownGroup
    ? spawn('sh', ['-c', guard, 'guard', String(pid), folder], {
        stdio: ['pipe', 'ignore', 'ignore'],
        detached: true,
      })
    : undefined
  const over = (async () => {
    await ended
    guardian?.kill('SIGKILL')
  })()

  function signal(name: NodeJS.Signals): void {
    if (child.exitCode !== null || child.signalCode !== null) return
    if (name === recipe.stopSignal || !ownGroup) child.kill(name)
    else signalTree(Number(pid), name)
  }
  async function end(name: NodeJS.Signals): Promise<void> {
    if (ownGroup) signal('SIGCONT')
    signal(name)
    await over
  }

  const problem = await Promise.race([
    output.seen(recipe.ready),
    over.then(() => 'ended'),
    setTimeout(startTimeoutMs, `said nothing for ${startTimeoutMs / 1000} s`, { ref: false }),
  ])
  if (problem !== undefined) {
    await end('SIGKILL')
    throw new Error(`${recipe.name} ${problem} instead of starting: ${output.text()}`)
  }
  output.forget()
  return { signal, end }
}

/** To the process and its children, which PostgreSQL puts into groups of their own. It starts none meanwhile. */
function signalTree(pid: number, name: NodeJS.Signals): void {
  if (name === 'SIGKILL' || name === 'SIGSTOP') signalOne(pid, 'SIGSTOP')
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const processes = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number))
  for (const [child, parent] of processes) {
    if (child !== undefined && parent === pid) signalOne(child, name)
  }
  signalOne(pid, name)
}

function signalOne(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    // It ended a moment ago.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** `nobody` where this process is root: PostgreSQL refuses to run as root. */
function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (kind: '-u' | '-g'): number =>
    Number(spawnSync('id', [kind, 'nobody'], { encoding: 'utf8' }).stdout.trim())
  return { uid: id('-u'), gid: id('-g') }
}

/** Variables of this machine that programs need, without anything of the project. */
function inherited() {
  // oxlint-disable-next-line node/no-process-env -- A child needs PATH and, on Windows, the system's folders.
  const { PATH = '', SystemRoot, TEMP } = process.env
  // Where a page's types are loaded, an environment always has NODE_ENV.
  const env = { PATH, LC_ALL: 'C', NODE_ENV: 'test' as const }
  return { ...env, ...(SystemRoot && { SystemRoot }), ...(TEMP && { TEMP }) }
}

/** Keeps what a process says until it is ready, and reads on so that it never waits for us. */
function collect(child: ChildProcess): {
  text(): string
  forget(): void
  seen(line: RegExp): Promise<undefined>
} {
  let said = ''
  let keep = true
  const { promise, resolve } = Promise.withResolvers<undefined>()
  let wanted: RegExp | undefined
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      if (!keep) return
      said += chunk.toString()
      if (wanted?.test(said)) resolve(undefined)
    })
  }
  return {
    text: () => said.trim(),
    forget() {
      keep = false
    },
    async seen(line) {
      wanted = line
      return line.test(said) ? undefined : promise
    },
  }
}

/** A port nobody listens on now. */
async function freePort(): Promise<number> {
  await using server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.')
  return address.port
}
