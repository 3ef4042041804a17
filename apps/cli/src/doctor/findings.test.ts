import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { verdict } from './finding.ts'
import { clockFinding, probeEndpoint } from './network-findings.ts'
import { settingsFindings } from './settings-findings.ts'
import { parseAlsaDevices, parseDshowDevices, parseMacDevices } from './sound-findings.ts'
import {
  dataFolderFinding,
  memoryFinding,
  nodeFinding,
  portFinding,
  timerFinding,
} from './system-findings.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** Port of a server on loopback that gives every request this answer. */
async function serve(body: string, date?: string): Promise<number> {
  const server = createServer((_request, response) => {
    if (date !== undefined) response.setHeader('date', date)
    response.end(body)
  })
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

/** A port nothing listens on. */
async function closedPort(): Promise<number> {
  const port = await serve('')
  const server = servers.pop()
  server?.close()
  if (server !== undefined) await once(server, 'close')
  return port
}

describe('probeEndpoint', () => {
  it('times each step to an endpoint that answers, and reads its clock', async () => {
    const port = await serve('', new Date(Date.now() - 60_000).toUTCString())
    const { finding, clockAheadMs } = await probeEndpoint('openai', `ws://127.0.0.1:${port}`)
    expect(finding).toMatchObject({ state: 'ok', name: 'openai' })
    expect(finding.detail).toMatch(/TCP \d+ ms, HTTP \d+ ms$/)
    expect(Math.abs((clockAheadMs ?? 0) - 60_000)).toBeLessThan(2000)
  })

  it('names the step that failed and what to check', async () => {
    const { finding } = await probeEndpoint('x', `https://127.0.0.1:${await closedPort()}`)
    expect(finding).toMatchObject({ state: 'problem', advice: expect.stringContaining('firewall') })
    expect(finding.detail).toContain('TCP failed: ECONNREFUSED')
  })

  it('tells a server without TLS from one that is not there', async () => {
    const { finding } = await probeEndpoint('x', `https://127.0.0.1:${await serve('')}`)
    expect(finding.detail).toContain('TLS failed')
  })

  it('says when a name is unknown', async () => {
    const { finding } = await probeEndpoint('x', 'https://nowhere.invalid')
    expect(finding.detail).toContain('DNS failed')
  })
})

describe('clockFinding', () => {
  it.each([
    [[], 'skipped'],
    [[900, -400], 'ok'],
    [[20_000], 'warning'],
    [[-900_000, -899_000, 5], 'problem'],
  ])('judges %j ms as %s', (aheadMs, state) => {
    expect(clockFinding(aheadMs).state).toBe(state)
  })

  it('claims no more than the whole seconds that endpoints tell', () => {
    expect(clockFinding([640]).detail).toBe('within a second of the endpoints')
  })
})

describe('portFinding', () => {
  const wanted = { name: 'gateway', host: '127.0.0.1', setting: 'PARLEY_PORT' }

  it('is content with a free port, and with a gateway that runs there', async () => {
    const free = await portFinding({ ...wanted, port: await closedPort(), isFixed: true })
    expect(free).toMatchObject({ state: 'ok', detail: expect.stringContaining('is free') })
    const running = await portFinding({ ...wanted, port: await serve('{"status":"ok"}'), isFixed: true })
    expect(running).toMatchObject({ state: 'ok', detail: expect.stringContaining('running gateway') })
  })

  it('is a problem only where no other port will do', async () => {
    const port = await serve('something else')
    expect(await portFinding({ ...wanted, port, isFixed: true })).toMatchObject({
      state: 'problem',
      advice: expect.stringContaining('PARLEY_PORT'),
    })
    expect(await portFinding({ ...wanted, port, isFixed: false })).toMatchObject({ state: 'ok' })
  })
})

describe('dataFolderFinding', () => {
  it('looks at the nearest folder there is and leaves nothing behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-doctor-'))
    expect((await dataFolderFinding(join(folder, 'not', 'there'))).detail).toMatch(/(GB|MB) free/)
    expect(readdirSync(folder)).toEqual([])
  })

  it('is a problem where nothing can be written', async () => {
    expect(await dataFolderFinding('/proc/parley')).toMatchObject({
      state: 'problem',
      advice: expect.stringContaining('PARLEY_DATA_DIR'),
    })
  })
})

describe('system findings', () => {
  it('warn of another Node, of little memory and of a clock that is no use', async () => {
    expect(nodeFinding('24.21.0', '24.21.0').state).toBe('ok')
    expect(nodeFinding('22.0.0', '24.21.0').state).toBe('warning')
    expect(memoryFinding(2 ** 34).state).toBe('ok')
    expect(memoryFinding(2 ** 28).state).toBe('warning')
    let time = performance.now()
    expect((await timerFinding(() => (time -= 1))).state).toBe('problem')
  })
})

describe('settingsFindings', () => {
  it('makes faults problems, guesses warnings, and names keys without their values', () => {
    const findings = settingsFindings({
      faults: ['PARLEY_PORT is not a whole number.'],
      warnings: ['PARLEY_PROT is not a setting. Did you mean PARLEY_PORT?'],
      secretsSet: ['PARLEY_OPENAI_KEY'],
      endpoints: [],
    })
    expect(findings.map(({ state }) => state)).toEqual(['problem', 'warning', 'ok'])
    expect(findings[2]?.detail).toBe('set: PARLEY_OPENAI_KEY')
    expect(verdict(findings)).toBe('1 problem, 1 warning.')
  })
})

describe('lists of sound devices', () => {
  it('are read from the kernel', () => {
    const listing = '00-00: ALC257 : ALC257 : playback 1 : capture 1\n00-03: HDMI 0 : HDMI 0 : playback 1\n'
    expect(parseAlsaDevices(listing)).toEqual({ inputs: ['ALC257'], outputs: ['ALC257', 'HDMI 0'] })
  })

  it('are read from macOS', () => {
    const listing =
      'Audio:\n\n    Devices:\n\n  Mac mini Speakers:\n\n    Output Channels: 2\n\n  USB Mic:\n\n    Input Channels: 1\n'
    expect(parseMacDevices(listing)).toEqual({ inputs: ['USB Mic'], outputs: ['Mac mini Speakers'] })
  })

  it('are read from ffmpeg on Windows', () => {
    const listing = '[dshow @ 1] "Camera" (video)\n[dshow @ 1] "Microphone (USB)" (audio)\n'
    expect(parseDshowDevices(listing).inputs).toEqual(['Microphone (USB)'])
  })
})
