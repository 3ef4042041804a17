import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeWav, rmsDbfs } from '@parley/audio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repositoryRoot } from './environment.ts'
import { startGateway } from './gateway/own-gateway.ts'
import type { OwnGateway } from './gateway/own-gateway.ts'
import { CliProcess, runCli } from './testing/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'parley-cli-'))
const speech = join(repositoryRoot, 'bench', 'speech', 'goforward.wav')

/** A turn whose answer is short. */
const scenario = `title: Sums
steps:
  - say: What is six times seven?
  - expect: { words: ['\\b(42|forty)'], within: 5s }
  - wait: answer
`

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

let gateway: OwnGateway

beforeAll(async () => {
  write('sums.yaml', scenario)
  gateway = await startGateway({
    environment: {},
    signal: new AbortController().signal,
    onLine: () => undefined,
  })
})

afterAll(() => gateway[Symbol.asyncDispose]())

const here = (): readonly string[] => ['--gateway', gateway.url, '--key', gateway.key ?? '']

describe('parley compare', () => {
  it('measures two lanes on a gateway of its own, writes what was asked for and fails by a threshold', async () => {
    const { code, stdout, stderr } = await runCli(
      [
        ...'compare --backends local,fast=local?silence_ms=200 --scenario sums.yaml'.split(' '),
        ...'--report out.html --json out.json --csv out.csv --record cassettes'.split(' '),
        '--fail-if',
        'local.first_audio.median > 1ms',
        '--fail-if',
        'fast.first_audio.median > 20s',
      ],
      { cwd: folder },
    )
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('wrote out.html') })
    expect(stdout).toMatch(/local median +p95 +fast median +p95 +to local/)
    expect(stdout).toMatch(/First sound +\S+ ms/)
    expect(stdout).toMatch(/failed +local\.first_audio\.median > 1ms: violated/)
    expect(stdout).toMatch(/ok +fast\.first_audio\.median > 20s: passed/)
    expect(stdout).toContain('Few observations')
    const { results, comparisons } = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))
    expect(results[0].lanes.map((lane: { label: string }) => lane.label)).toEqual(['local', 'fast'])
    expect(results[0].lanes[0].expectations).toEqual({ met: 1, of: 1 })
    expect(comparisons[0].lanes).toHaveLength(2)
    expect(readFileSync(join(folder, 'out.html'), 'utf8')).toContain('<!doctype html>')
    expect(readFileSync(join(folder, 'out.csv'), 'utf8').split('\n')[0]).toContain('measure')
    expect(readdirSync(join(folder, 'cassettes')).toSorted()).toEqual([
      'sums-fast-1.ndjson',
      'sums-local-1.ndjson',
    ])
  })

  it('gives nothing but JSON on standard output and ends with 0 when thresholds hold', async () => {
    const { code, stdout, stderr } = await runCli(
      ['compare', ...here(), '--scenario', 'sums.yaml', '--json', '--fail-if', 'local.first_audio.p95 > 20s'],
      { cwd: folder },
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('First sound') })
    const { results, thresholds } = JSON.parse(stdout)
    expect(thresholds).toMatchObject([{ verdict: 'passed' }])
    expect(results[0].lanes[0].measures.first_audio.median).toBeGreaterThan(0)
  })

  it('keeps and prints what is done when it is stopped, and waits for its gateway to end', async () => {
    const temporary = mkdtempSync(join(folder, 'tmp-'))
    const running = new CliProcess(
      ['compare', '--scenario', 'sums.yaml', '--repeat', '50', '--json', 'stopped.json'],
      { cwd: folder, settings: { TMPDIR: temporary } },
    )
    await running.told('[1/50]')
    running.child.kill('SIGINT')
    const data = (): readonly string[] => readdirSync(temporary).filter((name) => /^parley-\w{6}$/.test(name))
    expect(data()).toHaveLength(1)
    expect(await running.exited).toBe(130)
    // The data of the gateway goes when its process has gone.
    expect(data()).toEqual([])
    expect(running.stdout).toMatch(/Sums: 1 of 50 passes, lanes in turn, stopped early/)
    const { results } = JSON.parse(readFileSync(join(folder, 'stopped.json'), 'utf8'))
    expect(results[0]).toMatchObject({ status: 'stopped', lanes: [{ passes: { completed: 1 } }] })
  })

  it('names what there is and what turns the others on when a backend is unknown', async () => {
    const { code, stderr } = await runCli(
      ['compare', ...here(), '--backends', 'opnai,voice-live', '--scenario', 'sums.yaml'],
      { cwd: folder },
    )
    expect(code).toBe(2)
    expect(stderr).toContain('There is no backend "opnai"')
    expect(stderr).toContain('The backend "voice-live" is not set up')
    expect(stderr).toContain('There are: local')
    expect(stderr).toContain('openai: set PARLEY_OPENAI_KEY')
  })

  it.concurrent.each([
    { args: ['--scenario', 'nope.yaml'], words: 'nope.yaml cannot be read' },
    { args: ['--scenario', 'nope'], words: 'Shipped ones: ' },
    { args: ['--backends', 'local?silense=1'], words: 'silense' },
    { args: ['--fail-if', 'local.first_sound.p95 > 1'], words: 'unknown measure "first_sound"' },
    { args: ['--repeat', '0'], words: '--repeat' },
    { args: ['--csv', 'none/a.csv'], words: '--csv: none/a.csv cannot be written' },
    { args: ['--repat', '2'], words: "unknown option '--repat'" },
  ])('ends with 2 when $words', async ({ args, words }) => {
    const { code, stdout, stderr } = await runCli(['compare', ...args], { cwd: folder })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
  })

  it('ends with 3 when no gateway answers', async () => {
    const probe = createServer()
    await once(probe.listen(0, '127.0.0.1'), 'listening')
    const address = probe.address()
    const port = typeof address === 'object' ? address?.port : undefined
    await new Promise((resolve) => probe.close(resolve))
    const { code, stderr } = await runCli(['compare', '--gateway', `ws://127.0.0.1:${port}/v1/realtime`])
    expect(code).toBe(3)
    expect(stderr).toContain(`No gateway answers at http://127.0.0.1:${port} (ECONNREFUSED)`)
  })
})

describe('parley report and parley diff', () => {
  it('make a report of exports and show what changed between two', async () => {
    const made = await runCli(['report', 'out.json', 'stopped.json', '--out', 'both.html'], { cwd: folder })
    expect(made).toMatchObject({ code: 0, stderr: 'wrote both.html\n' })
    expect(readFileSync(join(folder, 'both.html'), 'utf8')).toContain('<!doctype html>')
    const shown = await runCli(['diff', 'stopped.json', 'out.json'], { cwd: folder })
    expect(shown.stdout).toMatch(/local median +p95 +to before/)
  })

  it('refuse what is no export', async () => {
    write('other.json', '{"a": 1}')
    expect(await runCli(['report', 'other.json'], { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('other.json is no export that can be read'),
    })
  })
})

describe('parley replay', () => {
  it('serves a cassette that a comparison can be run on', async () => {
    const [cassette = ''] = readdirSync(join(folder, 'cassettes'))
    const serving = new CliProcess(['replay', join(folder, 'cassettes', cassette), '--speed', '4'])
    await serving.told('Ctrl-C ends')
    const url = /^gateway: (\S+)$/m.exec(serving.stdout)?.[1] ?? ''
    const model = /model=(\S+)/.exec(serving.stdout)?.[1] ?? ''
    expect(model).toMatch(/@4$/)
    const lane = `replay/${model}`
    const { code, stdout } = await runCli(
      ['compare', '--gateway', url, '--backends', lane, '--scenario', 'sums.yaml', '--json'],
      { cwd: folder },
    )
    expect(code).toBe(0)
    expect(JSON.parse(stdout).results[0].lanes[0].expectations).toEqual({ met: 1, of: 1 })
    serving.child.kill('SIGINT')
    expect(await serving.exited).toBe(0)
  })

  it('takes its gateway along when it is killed', async () => {
    const serving = new CliProcess(['replay', join(folder, 'cassettes')])
    await serving.told('Ctrl-C ends')
    const url = /^gateway: (\S+)$/m.exec(serving.stdout)?.[1] ?? ''
    expect((await fetch(`${url}/healthz`)).ok).toBe(true)
    serving.child.kill('SIGKILL')
    // It answers until it has drained.
    await expect
      .poll(
        () =>
          fetch(url).then(
            () => 'answers',
            () => 'gone',
          ),
        { timeout: 15_000 },
      )
      .toBe('gone')
  })

  it('refuses a file that is no cassette', async () => {
    expect(await runCli(['replay', write('no.ndjson', 'words\n')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is no cassette'),
    })
  })
})

describe('parley talk', () => {
  it('speaks a file, shows what both sides say and writes the answer that was heard', async () => {
    const out = join(folder, 'answer.wav')
    const { code, stdout } = await runCli(['talk', ...here(), '--in', speech, '--out', out])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^you +Go forward ten meters\.$/m)
    expect(stdout).toMatch(/^parley +\w.* \(after \d+ ms\)$/m)
    const { samples, sampleRate } = decodeWav(readFileSync(out))
    expect(sampleRate).toBe(24_000)
    expect(samples.length).toBeGreaterThan(sampleRate)
    expect(rmsDbfs(samples)).toBeGreaterThan(-40)
  })

  it('says the lines of a pipe one after the other, and remembers', async () => {
    const input = 'My name is Ada.\nWhat is my name?\n'
    const { code, stdout } = await runCli(['talk', ...here(), '--text'], { input })
    expect(code).toBe(0)
    expect(stdout.split('\n').filter((line) => line.startsWith('you'))).toHaveLength(2)
    expect(stdout.trim().split('\n').at(-1)).toContain('Ada')
  })
})

describe('parley doctor', () => {
  it('names the endpoint that cannot be reached, never the key, and ends with 1', async () => {
    const { code, stdout } = await runCli(['doctor', '--json'], {
      settings: {
        PARLEY_OPENAI_KEY: 'very-secret-key',
        PARLEY_OPENAI_URL: 'ws://127.0.0.1:9/v1',
        PARLEY_OPENAI_MODLE: 'x',
        PARLEY_DATA_DIR: folder,
      },
    })
    expect(code).toBe(1)
    expect(stdout).not.toContain('very-secret-key')
    const { findings } = JSON.parse(stdout)
    expect(findings).toContainEqual(
      expect.objectContaining({
        area: 'network',
        name: 'openai',
        state: 'problem',
        detail: expect.stringContaining('TCP failed: ECONNREFUSED'),
      }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({ area: 'backends', name: 'openai', state: 'problem' }),
    )
    expect(findings).toContainEqual(expect.objectContaining({ area: 'backends', name: 'local', state: 'ok' }))
    expect(findings).toContainEqual(
      expect.objectContaining({
        state: 'warning',
        detail: expect.stringContaining('Did you mean PARLEY_OPENAI_MODEL?'),
      }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({ name: 'keys', detail: 'set: PARLEY_OPENAI_KEY' }),
    )
  })

  it('tells a setting that keeps the gateway from starting', async () => {
    const { code, stdout } = await runCli(['doctor', '--no-connect'], { settings: { PARLEY_PORT: 'eighty' } })
    expect(code).toBe(1)
    expect(stdout).toMatch(/problem +setting: PARLEY_PORT is not a whole number/)
  })
})

describe('parley scenarios', () => {
  it('lists what is shipped, all of it good', async () => {
    const { code, stdout } = await runCli(['scenarios', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout).map(({ name }: { name: string }) => name)).toContain('barge-in')
  })

  it('tells line and field of what is wrong, and ends with 1', async () => {
    write('bad.yaml', 'title: Bad\nsteps:\n  - say: Hello.\n  - wait: anser\n')
    const { code, stdout, stderr } = await runCli(['scenarios', 'check', 'sums.yaml', 'bad.yaml'], {
      cwd: folder,
    })
    expect(code).toBe(1)
    expect(stdout).toContain('sums.yaml: Sums (3 steps)')
    expect(stderr).toMatch(/bad\.yaml: line 4, steps\[1\]\.wait/)
  })
})
