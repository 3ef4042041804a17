import { setting } from '../environment.ts'
import type { Environment } from '../environment.ts'

/** The port a gateway takes when it is told none; when that is in use, it takes one of the next. */
const usualPort = 8787

/** Ports above the usual one that are tried. */
const nextPorts = 3

/** Where a process that listens on a host is reached from this machine. */
export function addressOf(host: string, port: number): string {
  return `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`
}

/** Whether a gateway answers at an address. */
export async function isGatewayAt(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })
    return response.ok && (await response.text()).includes('"status":"ok"')
  } catch {
    return false
  }
}

/** Address of the gateway that runs on this machine where the settings here would have it, `undefined` without one. */
export async function runningGateway(environment: Environment): Promise<string | undefined> {
  const fixed = setting(environment, 'PARLEY_PORT')
  const ports =
    fixed === undefined
      ? Array.from({ length: nextPorts + 1 }, (_, index) => usualPort + index)
      : [Number(fixed)]
  const urls = ports.map((port) => addressOf(setting(environment, 'PARLEY_HOST') ?? '127.0.0.1', port))
  const answers = await Promise.all(urls.map(isGatewayAt))
  return urls.find((_, index) => answers[index])
}
