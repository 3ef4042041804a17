import { join } from 'node:path'
import { runSession } from '@parley/core/session'
import { createApp } from './app.ts'
import type { Gateway } from './app.ts'
import { readConfig } from './config.ts'
import type { Config } from './config.ts'
import { drain } from './drain.ts'
import { createId } from './ids.ts'
import { defaultLimits } from './limits.ts'
import { openSessions } from './sessions/open-sessions.ts'
import { settingsReport } from './settings-report.ts'
import { createMetrics } from './metrics.ts'
import { createSockets } from './socket.ts'
import { createLog } from './telemetry.ts'
import { wire } from './wiring.ts'

const settings = readConfig()
if (process.argv.includes('--check')) {
  process.stdout.write(`${JSON.stringify(settingsReport(settings))}\n`)
} else if ('faults' in settings) {
  refuse(settings.faults)
} else {
  for (const warning of settings.warnings) process.stderr.write(`${warning}\n`)
  await start(settings.config).catch((error: unknown) => refuse([reasonOf(error)]))
}

async function start(config: Config): Promise<void> {
  const log = createLog(config.logLevel)
  const parts = await wire(config, log)
  const sockets = createSockets(defaultLimits, log)
  const { host, port, portIsFixed, tls } = config
  const ready = Promise.withResolvers<Gateway>()
  // Who the other gateways are told to come to is known once it listens.
  const listener = await sockets.listen(
    async (request, env) => (await ready.promise).app.fetch(request, env),
    {
      host,
      port,
      orNext: !portIsFixed,
      tls,
    },
  )
  const registry = await openSessions({
    config,
    limits: defaultLimits,
    url: listener.url,
    path: config.store === 'memory' ? undefined : join(config.dataDir, 'live-sessions.json'),
    log,
    now: Date.now,
  })
  const { sessions, cluster, secrets, rateLimits } = registry
  const gateway = createApp({
    ...parts,
    sessions,
    cluster,
    secrets,
    rateLimits,
    config,
    runSession,
    sockets,
    limits: defaultLimits,
    log,
    metrics: createMetrics({ ofProcess: true, store: () => parts.store.status }),
    now: Date.now,
    newId: createId,
  })
  ready.resolve(gateway)
  const steps = [
    // The port stays open meanwhile: for those who ask whether it is ready, and for clients that come back.
    { name: 'end sessions', run: () => gateway.drain() },
    { name: 'close connections', run: () => listener.close() },
    { name: 'leave registry', run: async () => await registry[Symbol.asyncDispose]() },
    { name: 'dispose parts', run: () => parts.dispose() },
  ]

  const received = new Set<NodeJS.Signals>()
  const onSignal = (signal: NodeJS.Signals): void => {
    // One Ctrl-C can arrive as two kinds: from the terminal and from the script that started us.
    if (received.has(signal)) process.exit(1)
    received.add(signal)
    if (received.size > 1) return
    log.info({ signal }, 'draining')
    void drain(steps, config.drainTimeoutMs, log).then(() => process.exit(0))
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  process.stdout.write(`gateway: ${listener.url}\n`)
}

/** Says why there is no gateway, in words a person can act on. */
function refuse(reasons: readonly string[]): void {
  process.stderr.write(`The gateway cannot start:\n${reasons.map((reason) => `  ${reason}\n`).join('')}`)
  process.exit(1)
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Something unexpected was thrown.'
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return 'The port is in use. Set PARLEY_PORT to another one, or leave it unset.'
  if (code === 'EACCES') return 'The port needs more rights. Set PARLEY_PORT to one above 1023.'
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return 'PARLEY_HOST is no address of this machine.'
  return error.message
}
