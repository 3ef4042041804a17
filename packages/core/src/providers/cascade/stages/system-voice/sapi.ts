import type { RunCommand } from './run-command.ts'
import type { SystemEngine, SystemVoice } from './system-engine.ts'

const preamble = `
$ErrorActionPreference = 'Stop'
[Console]::InputEncoding = [Text.Encoding]::UTF8
[Console]::OutputEncoding = [Text.Encoding]::UTF8
Add-Type -AssemblyName System.Speech
$speech = New-Object System.Speech.Synthesis.SpeechSynthesizer
`
const listScript = `${preamble}
$voices = $speech.GetInstalledVoices() | Where-Object { $_.Enabled } | ForEach-Object {
  @{ name = $_.VoiceInfo.Name; language = $_.VoiceInfo.Culture.Name; gender = [string]$_.VoiceInfo.Gender }
}
ConvertTo-Json -Compress -InputObject @($voices)
`
// Everything that varies comes by standard input as JSON, so nothing needs quoting.
const speakScript = `${preamble}
$request = [Console]::In.ReadToEnd() | ConvertFrom-Json
$speech.SelectVoice($request.voice)
$speech.Rate = $request.rate
$memory = New-Object IO.MemoryStream
$speech.SetOutputToWaveStream($memory)
$speech.Speak($request.text)
$speech.SetOutputToNull()
$bytes = $memory.ToArray()
$output = [Console]::OpenStandardOutput()
$output.Write($bytes, 0, $bytes.Length)
$output.Flush()
`

/** The speech interface of Windows, through PowerShell. */
export const sapi: SystemEngine = {
  name: 'sapi',
  async listVoices(run, signal) {
    return parseSapiVoices(new TextDecoder().decode(await powerShell(run, listScript, '', signal)))
  },
  speak({ text, voice, speed, run, signal }) {
    // A rate of 10 is three times as fast as 0, and -10 a third, on a logarithmic scale.
    const rate = Math.max(-10, Math.min(10, Math.round((10 * Math.log(speed)) / Math.log(3))))
    return powerShell(run, speakScript, JSON.stringify({ text, voice: voice.name, rate }), signal)
  },
}

function powerShell(
  run: RunCommand,
  script: string,
  input: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const encoded = Buffer.from(script, 'utf16le').toString('base64')
  return run({
    file: 'powershell.exe',
    args: ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded],
    input,
    signal,
  })
}

/** A JSON list of name, culture and gender; what does not fit is left out. */
export function parseSapiVoices(printed: string): readonly SystemVoice[] {
  const rows: unknown = JSON.parse(printed)
  if (!Array.isArray(rows)) return []
  return rows.flatMap((row: unknown): SystemVoice[] => {
    if (typeof row !== 'object' || row === null || !('name' in row) || !('language' in row)) return []
    const { name, language } = row
    if (typeof name !== 'string' || typeof language !== 'string') return []
    const spoken = 'gender' in row ? String(row.gender).toLowerCase() : ''
    return [{ name, language, ...(spoken === 'female' || spoken === 'male' ? { gender: spoken } : {}) }]
  })
}
