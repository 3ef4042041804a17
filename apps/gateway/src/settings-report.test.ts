import { describe, expect, it } from 'vitest'
import { parseConfig } from './config.ts'
import { settingsReport } from './settings-report.ts'

describe('settingsReport', () => {
  it('names the secrets that are set and shows none of them', () => {
    const report = settingsReport(
      parseConfig({
        PARLEY_KEY: 'gateway-secret',
        PARLEY_OPENAI_KEY: 'openai-secret',
        PARLEY_COMPATIBLE_URL: 'ws://name:word@127.0.0.1:9/v1?key=query-secret',
      }),
    )
    expect(report.secretsSet.toSorted()).toEqual(['PARLEY_KEY', 'PARLEY_OPENAI_KEY'])
    expect(JSON.stringify(report)).not.toMatch(/secret"|query-secret|openai-secret|gateway-secret|word/)
  })

  it('gives the host of every endpoint that was set up, and the usual one of a vendor', () => {
    const { endpoints } = settingsReport(
      parseConfig({
        PARLEY_OPENAI_KEY: 'key',
        PARLEY_VOICE_LIVE_ENDPOINT: 'https://name.services.ai.azure.com/path',
        PARLEY_LLM_URL: 'http://127.0.0.1:11434/v1',
        PARLEY_LLM_MODEL: 'llama3.2',
        PARLEY_AZURE_SPEECH_KEY: 'key',
        PARLEY_AZURE_SPEECH_REGION: 'westeurope',
      }),
    )
    expect(endpoints).toEqual([
      { name: 'openai', origin: 'wss://api.openai.com' },
      { name: 'voice-live', origin: 'https://name.services.ai.azure.com' },
      { name: 'language model', origin: 'http://127.0.0.1:11434' },
      { name: 'Azure Speech', origin: 'https://westeurope.api.cognitive.microsoft.com' },
      { name: 'Azure Speech voices', origin: 'https://westeurope.tts.speech.microsoft.com' },
    ])
  })

  it('has the faults and nothing made up when settings are wrong', () => {
    const report = settingsReport(parseConfig({ PARLEY_PORT: 'x', PARLEY_OPENAI_KEY: 'key' }))
    expect(report).toMatchObject({ endpoints: [], config: undefined, secretsSet: ['PARLEY_OPENAI_KEY'] })
    expect(report.faults.join()).toContain('PARLEY_PORT')
  })
})
