import { setTimeout as pause } from 'node:timers/promises'
import type { Dialect, Settings, Wire } from './wire.ts'
import { Client } from './client.ts'
import { wireOf } from './wire.ts'

/** How long `session.created` is waited for by clauses that are about something else. */
const greetingMs = 4000

/** The server under test, as the command line names it. */
export interface Target {
  /** Complete address, with its query. */
  readonly url: string
  readonly dialect: Dialect
  readonly headers: Readonly<Record<string, string>>
  /** Headers with a key that the server has to refuse, when `--bad-key` gave one. */
  readonly badHeaders: Readonly<Record<string, string>> | undefined
  /** Longest wait for an event that has to come. */
  readonly timeoutMs: number
  /** Connections opened in a minute, for servers that limit them. */
  readonly perMinute: number
  /** Transcription of the user's speech, as this server names its model. */
  readonly transcriptionModel: string
}

/** What one clause works with: fresh connections to the server and the words of its dialect. */
export interface Bench {
  readonly target: Target
  readonly wire: Wire
  /** One key a run, the same for all its clauses: what exchanges are kept under. */
  readonly run: object
  /** Connections of the clause, its frames being the proof of a failure. */
  readonly clients: Client[]
  /** A fresh connection that is open, whatever it says first. */
  connect(changes?: ConnectChanges): Promise<Client>
  /** A fresh connection after its `session.created`; without one too, since that is a clause of its own. */
  open(): Promise<Client>
  /** A fresh connection whose session is set; written answers and no turn detection unless said otherwise. */
  session(settings?: Settings): Promise<Client>
}

/** What a connection does otherwise than the others. */
interface ConnectChanges {
  readonly headers?: Readonly<Record<string, string>>
  readonly protocols?: readonly string[]
}

/** Makes the bench of one clause. */
export function createBench(target: Target, run: object): Bench {
  const wire = wireOf(target.dialect)
  const clients: Client[] = []
  const connect = async ({ headers = target.headers, protocols = [] }: ConnectChanges = {}) => {
    await turnToConnect(run, target.perMinute)
    const client = new Client({ url: target.url, headers, protocols, timeoutMs: target.timeoutMs })
    clients.push(client)
    return client.opened()
  }
  const open = async () => {
    const client = await connect()
    const isCreated = () => client.events.some(({ type }) => type === 'session.created')
    await client.until(
      () => isCreated() || client.closed !== undefined,
      Math.min(target.timeoutMs, greetingMs),
    )
    return client
  }
  return {
    target,
    wire,
    run,
    clients,
    connect,
    open,
    async session(settings = {}) {
      const client = await open()
      await update(client, wire, { output: 'text', turnDetection: null, ...settings })
      return client
    },
  }
}

/** Sets the session and waits for the echo, which it gives. */
export async function update(client: Client, wire: Wire, settings: Settings): Promise<unknown> {
  const event = await client.ask(
    { type: 'session.update', session: wire.session(settings) },
    'session.updated',
  )
  return event['session']
}

/**
 * An exchange with the server that several clauses look at: it runs once a run, and whoever looks at it is shown
 * its frames. Its connection is closed when it is over.
 */
export function shared<Result>(
  exchange: (bench: Bench) => Promise<Result>,
): (bench: Bench) => Promise<Result> {
  const kept = new WeakMap<
    object,
    { readonly result: Promise<Result>; readonly clients: readonly Client[] }
  >()
  return async (bench) => {
    let record = kept.get(bench.run)
    if (record === undefined) {
      const own = createBench(bench.target, bench.run)
      const result = closedAfter(exchange, own)
      record = { result, clients: own.clients }
      kept.set(bench.run, record)
    }
    try {
      return await record.result
    } finally {
      bench.clients.push(...record.clients)
    }
  }
}

async function closedAfter<Result>(exchange: (bench: Bench) => Promise<Result>, own: Bench): Promise<Result> {
  try {
    return await exchange(own)
  } finally {
    await Promise.all(own.clients.map((client) => client.close()))
  }
}

/** When each run may open its next connection. */
const nextConnection = new WeakMap<object, number>()

async function turnToConnect(run: object, perMinute: number): Promise<void> {
  const now = performance.now()
  const turn = Math.max(now, nextConnection.get(run) ?? now)
  nextConnection.set(run, turn + 60_000 / perMinute)
  if (turn > now) await pause(turn - now)
}
