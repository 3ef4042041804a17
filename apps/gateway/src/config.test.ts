import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseConfig } from './config.ts'
import type { Config } from './config.ts'
import type { Environment } from './setting-kinds.ts'

function configOf(environment: Environment): Config {
  const result = parseConfig(environment)
  if ('faults' in result) throw new Error(result.faults.join('\n'))
  return result.config
}

function faultsOf(environment: Environment): readonly string[] {
  const result = parseConfig(environment)
  return 'faults' in result ? result.faults : []
}

describe('parseConfig', () => {
  it('gives a loopback gateway on the usual port when nothing is set', () => {
    expect(configOf({})).toMatchObject({
      host: '127.0.0.1',
      port: 8787,
      portIsFixed: false,
      keys: [],
      store: 'sqlite',
      database: undefined,
      llm: undefined,
      offline: false,
      logLevel: 'info',
    })
  })

  it('keeps its data in the same place wherever it is started from', () => {
    const before = process.cwd()
    const here = configOf({}).dataDir
    process.chdir(tmpdir())
    try {
      expect(configOf({}).dataDir).toBe(here)
    } finally {
      process.chdir(before)
    }
  })

  it('takes an empty variable for an absent one', () => {
    expect(configOf({ PARLEY_PORT: '', PARLEY_HOST: '' })).toMatchObject({
      host: '127.0.0.1',
      portIsFixed: false,
    })
  })

  it('splits keys and origins at commas', () => {
    const config = configOf({
      PARLEY_KEY: ' one, two ,',
      PARLEY_ALLOWED_ORIGINS: 'https://A.example,http://b.example:81',
    })
    expect(config.keys).toEqual(['one', 'two'])
    expect(config.allowedOrigins).toEqual(['https://a.example', 'http://b.example:81'])
  })

  it('shares sessions with other gateways under a secret, and tells neither', () => {
    const set = {
      PARLEY_REDIS_URL: 'redis://:hidden@redis.example',
      PARLEY_CLUSTER_SECRET: 'hidden-from-all-others',
    }
    const config = configOf({ ...set, PARLEY_REPLICA_URL: 'http://10.0.0.2:8787/' })
    expect(config.shared).toEqual({
      redisUrl: set.PARLEY_REDIS_URL,
      clusterSecret: set.PARLEY_CLUSTER_SECRET,
      replicaUrl: 'http://10.0.0.2:8787',
    })
    expect(config.secrets).toEqual(expect.arrayContaining(Object.values(set)))
    expect(configOf({}).shared).toBeUndefined()
  })

  it.each([
    [{ PARLEY_REDIS_URL: 'redis://:hidden@redis.example' }, 'PARLEY_CLUSTER_SECRET is missing'],
    [{ PARLEY_CLUSTER_SECRET: 'hidden-from-all-others' }, 'PARLEY_REDIS_URL is missing'],
    [{ PARLEY_REPLICA_URL: 'http://a' }, 'PARLEY_REDIS_URL is missing'],
    [
      { PARLEY_REDIS_URL: 'http://:hidden@redis', PARLEY_CLUSTER_SECRET: 'hidden-from-all-others' },
      'is not a URL',
    ],
    [{ PARLEY_REDIS_URL: 'redis://redis', PARLEY_CLUSTER_SECRET: 'hidden' }, 'shorter than 16'],
  ])('says what of %j is wrong without telling a secret', (set, expected) => {
    const faults = JSON.stringify(parseConfig(set))
    expect(faults).toContain(expected)
    expect(faults).not.toContain('hidden')
  })

  it('reads a list of default backends', () => {
    expect(configOf({ PARLEY_DEFAULT_BACKEND: 'openai, local' })).toMatchObject({
      defaultBackend: 'openai',
      defaultFailover: ['local'],
    })
    expect(configOf({})).toMatchObject({ defaultBackend: undefined, defaultFailover: [] })
  })

  it('holds a port that was asked for, also when it is the usual one', () => {
    expect(configOf({ PARLEY_PORT: '8787' })).toMatchObject({ port: 8787, portIsFixed: true })
    expect(configOf({ PARLEY_PORT: '0' })).toMatchObject({ port: 0, portIsFixed: true })
  })

  it('takes PostgreSQL for the store where there is a database, and no other store beside it', () => {
    const PARLEY_DATABASE_URL = 'postgres://parley:secret@db.example:5432/parley'
    const url = PARLEY_DATABASE_URL
    expect(configOf({ PARLEY_DATABASE_URL })).toMatchObject({
      store: 'postgres',
      database: { url, poolSize: 8 },
    })
    for (const other of ['sqlite', 'memory']) {
      expect(faultsOf({ PARLEY_DATABASE_URL, PARLEY_STORE: other })).toEqual([
        `PARLEY_STORE ${other} and PARLEY_DATABASE_URL name two stores: leave one of them unset.`,
      ])
    }
    expect(configOf({ PARLEY_STORE: 'sqlite' })).toMatchObject({ store: 'sqlite', database: undefined })
    expect(faultsOf({ PARLEY_STORE: 'postgres' })).toEqual([
      expect.stringContaining('PARLEY_DATABASE_URL is missing'),
    ])
  })

  it('counts the URL of a database as a secret', () => {
    const PARLEY_DATABASE_URL = 'postgres://parley:hidden@db.example/parley'
    expect(configOf({ PARLEY_DATABASE_URL }).secrets).toContain(PARLEY_DATABASE_URL)
    const refused = parseConfig({ PARLEY_DATABASE_URL: 'postgre://parley:hidden@db.example/parley' })
    expect(JSON.stringify(refused)).not.toContain('hidden')
  })

  it('names every bad setting at once', () => {
    const faults = faultsOf({
      PARLEY_PORT: '70000',
      PARLEY_STORE: 'floppy',
      PARLEY_DATABASE_URL: 'mysql://x',
      PARLEY_OFFLINE: 'maybe',
      PARLEY_LLM_URL: 'localhost:11434',
      PARLEY_LLM_MODEL: 'llama',
      PARLEY_LOG_LEVEL: 'loud',
      PARLEY_MAX_SESSIONS: '0',
      PARLEY_DRAIN_TIMEOUT_MS: '-1',
      PARLEY_ALLOWED_ORIGINS: 'example.com',
      PARLEY_TLS_CERT: '/nowhere/cert.pem',
    })
    const names = new Set(faults.map((fault) => fault.split(' ')[0]))
    expect(names).toEqual(
      new Set([
        'PARLEY_ALLOWED_ORIGINS',
        'PARLEY_DATABASE_URL',
        'PARLEY_DRAIN_TIMEOUT_MS',
        'PARLEY_LLM_URL',
        'PARLEY_LOG_LEVEL',
        'PARLEY_MAX_SESSIONS',
        'PARLEY_OFFLINE',
        'PARLEY_PORT',
        'PARLEY_STORE',
        'PARLEY_TLS_CERT',
        'PARLEY_TLS_KEY',
      ]),
    )
  })

  it.each(['0.0.0.0', '::', '192.168.1.20', 'voice.example.com'])(
    'refuses to open %s without a key',
    (host) => {
      expect(faultsOf({ PARLEY_HOST: host })).toEqual([expect.stringContaining('PARLEY_KEY')])
      expect(faultsOf({ PARLEY_HOST: host, PARLEY_KEY: ' , ' })).toEqual([
        expect.stringContaining('PARLEY_KEY'),
      ])
      expect(faultsOf({ PARLEY_HOST: host, PARLEY_KEY: 'k' })).toEqual([])
    },
  )

  it.each(['localhost', '127.0.0.1', '127.1.2.3', '::1'])('opens %s without a key', (host) => {
    expect(faultsOf({ PARLEY_HOST: host })).toEqual([])
  })

  it('says so when the language model lacks its address or its name', () => {
    expect(faultsOf({ PARLEY_LLM_MODEL: 'llama' })).toEqual([expect.stringContaining('PARLEY_LLM_URL')])
    expect(faultsOf({ PARLEY_LLM_URL: 'http://localhost:11434' })).toEqual([
      expect.stringContaining('PARLEY_LLM_MODEL'),
    ])
  })

  it('reads the certificate and its key from files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-config-'))
    writeFileSync(join(folder, 'cert.pem'), 'CERT')
    writeFileSync(join(folder, 'key.pem'), 'KEY')
    const environment = { PARLEY_TLS_CERT: join(folder, 'cert.pem'), PARLEY_TLS_KEY: join(folder, 'key.pem') }
    expect(configOf(environment).tls).toEqual({ cert: 'CERT', key: 'KEY' })
  })

  it('knows the settings of the playground beside it', () => {
    expect(parseConfig({ PARLEY_WEB_PORT: '3000', PARLEY_GATEWAY_URL: 'http://x' })).toMatchObject({
      warnings: [],
    })
  })

  it('names the nearest setting for one that does not exist', () => {
    const result = parseConfig({ PARLEY_PROT: '1', PARLEY_LLM_MODELL: 'x', PARLEY_FOO: '1', PATH: '/bin' })
    expect(result).toMatchObject({
      warnings: [
        'PARLEY_PROT is not a setting. Did you mean PARLEY_PORT?',
        'PARLEY_LLM_MODELL is not a setting. Did you mean PARLEY_LLM_MODEL?',
        'PARLEY_FOO is not a setting.',
      ],
    })
  })

  it('never repeats a secret in a fault or a warning', () => {
    const result = parseConfig({
      PARLEY_KEY: 's3cret',
      PARLEY_LLM_KEY: 's3cret',
      PARLEY_KEYS: 's3cret',
      PARLEY_PORT: 'x',
    })
    expect(JSON.stringify(result)).not.toContain('s3cret')
  })
})
