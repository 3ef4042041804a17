import { describe, expect, it } from 'vitest'

import { parseEspeakVoices } from './espeak.ts'
import { type Command, type RunCommand, runCommand } from './run-command.ts'
import { parseSapiVoices } from './sapi.ts'
import { parseSayVoices } from './say.ts'
import { systemVoiceTts } from './system-voice.ts'

const signal = new AbortController().signal
const node = process.execPath

describe('the lists of voices', () => {
  it('of espeak-ng leave out voices that need other programs', () => {
    const printed = [
      'Pty Language       Age/Gender VoiceName          File                 Other Languages',
      ' 5  de              --/M      German             gmw/de               ',
      ' 6  de              --/F      german-mbrola-1    mb/mb-de1            ',
      ' 2  en-gb           --/M      English_(Great_Britain) gmw/en          (en 2)',
      ' 5  variant         --/M      Storm              !v/Storm             (en-us 5)',
    ].join('\n')
    expect(parseEspeakVoices(printed)).toEqual([
      { name: 'de', language: 'de', gender: 'male' },
      { name: 'en-gb', language: 'en-GB', gender: 'male' },
    ])
  })

  it('of macOS keep names with spaces and brackets', () => {
    const printed =
      'Anna                de_DE    # Hallo! Ich heisse Anna.\nEddy (English (UK)) en_GB    # Hello!\n\n'
    expect(parseSayVoices(printed)).toEqual([
      { name: 'Anna', language: 'de-DE' },
      { name: 'Eddy (English (UK))', language: 'en-GB' },
    ])
  })

  it('of Windows keep what fits', () => {
    const printed = JSON.stringify([
      { name: 'Microsoft Hedda Desktop', language: 'de-DE', gender: 'Female' },
      { name: 'Odd', language: 'en-US', gender: 'NotSet' },
      { language: 'xx' },
    ])
    expect(parseSapiVoices(printed)).toEqual([
      { name: 'Microsoft Hedda Desktop', language: 'de-DE', gender: 'female' },
      { name: 'Odd', language: 'en-US' },
    ])
  })
})

describe('voices of the system', () => {
  it('pass the text by standard input and the pace as an argument', async () => {
    const commands: Command[] = []
    const run: RunCommand = async (command) => {
      commands.push(command)
      if (command.args.includes('--voices'))
        return new TextEncoder().encode('head\n 5  de  --/M  German  gmw/de\n')
      throw new Error('broken')
    }
    const tts = systemVoiceTts({ platform: 'linux', run })
    await tts.warm()
    expect(tts.voices).toEqual([
      { name: 'system-de', languages: ['de'], gender: 'male', engine: 'espeak-ng' },
    ])
    const speaking = (async () => {
      for await (const _ of tts.synthesize('$(rm) "quoted"', { voice: 'system-de', speed: 0.5, signal }))
        expect.unreachable()
    })()
    await expect(speaking).rejects.toMatchObject({ code: 'engine_failed' })
    expect(commands[1]?.input).toBe('$(rm) "quoted"')
    expect(commands[1]?.args).toContain('88')
    expect(commands[1]?.args.join(' ')).not.toContain('quoted')
  })

  it('name their languages as BCP 47 does, and leave out what is no tag', async () => {
    const printed = [
      'head',
      ' 5  en-gb-scotland  --/M  Scottish  gmw/en',
      ' 2  en-us-nyc  --/M  New_York  gmw/en',
    ].join('\n')
    const tts = systemVoiceTts({
      platform: 'linux',
      run: async () => new TextEncoder().encode(`${printed}\n`),
    })
    await tts.warm()
    expect(tts.voices.map(({ languages }) => languages)).toEqual([['en-GB-scotland', 'en'], ['en']])
  })

  it('are none when the program or the platform has none', async () => {
    const absent = systemVoiceTts({ platform: 'darwin', run: () => Promise.reject(new Error('ENOENT')) })
    await absent.warm()
    expect(absent.voices).toEqual([])
    const unknown = systemVoiceTts({ platform: 'plan9' })
    await unknown.warm()
    expect(unknown.voices).toEqual([])
  })
})

describe('running a program', () => {
  it('gives what it printed for what it read', async () => {
    const printed = await runCommand({
      file: node,
      args: ['-e', 'process.stdin.pipe(process.stdout)'],
      input: 'grün',
      signal,
    })
    expect(new TextDecoder().decode(printed)).toBe('grün')
  })

  it('rejects when it is absent, fails, or is no longer wanted', async () => {
    await expect(runCommand({ file: 'no-such-program', args: [], input: 'x', signal })).rejects.toThrow(
      'ENOENT',
    )
    await expect(
      runCommand({ file: node, args: ['-e', 'console.error("why"); process.exit(3)'], input: '', signal }),
    ).rejects.toThrow(/3.*why/)
    const controller = new AbortController()
    const running = runCommand({
      file: node,
      args: ['-e', 'setInterval(() => 0, 1000)'],
      input: '',
      signal: controller.signal,
    })
    controller.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
  })
})
