import type { Command } from 'commander'
import { readEnvironment } from '../environment.ts'
import { onInterrupt } from '../interrupt.ts'
import { compareRequest } from './options.ts'
import { runCompare } from './run-compare.ts'

const examples = `
Lanes:
  [label=]backend[/model][?key=value&...], for example
    local
    fast=local?silence_ms=200&voice=slt
    voice-live/gpt-realtime?turn_detection=semantic_vad&eagerness=high
  Keys: voice, speed, instructions, turn_detection, silence_ms, threshold, eagerness.

Thresholds:
  <lane>.<measure>.<median|p95|min|max|mean|count> <|<=|>|>= <number>[ms|s|%|usd]

Examples:
  parley compare --backends local,openai
  parley compare --backends local,voice-live,openai --scenario qa.yaml --repeat 10 --report out.html
  parley compare --backends "local,fast=local?silence_ms=200" --scenario barge-in --repeat 20
  parley compare --scenario qa.yaml --json results.json --fail-if "local.first_audio.p95 > 800ms"
  parley compare --scenario qa.yaml --json | jq '.results[0].lanes[0].measures.first_audio.median'

A comparison takes as long as its conversations: sound is sent at the pace of speech. Ctrl-C stops it; what is done
is kept, printed and written. It ends with 1 when a threshold is violated, whatever else went wrong; otherwise with 3
when a lane has no whole pass or a file could not be written.`

/** Adds `parley compare`. */
export function registerCompare(program: Command): void {
  const collect = (value: string, before: readonly string[] | undefined): string[] => [
    ...(before ?? []),
    value,
  ]
  program
    .command('compare')
    .summary('run the same words through several backends and measure them')
    .description(
      'Run the same words through several backends, in real time, and measure how long each takes and what it makes of them. Without --gateway, a gateway of its own is started with the settings here, and ended.',
    )
    .option('--backends <lanes>', 'lanes between commas; "local" by default', collect)
    .option(
      '--scenario <file or name>',
      'a YAML file, or the name of a shipped scenario; can be given several times',
      collect,
    )
    .option('--repeat <times>', 'passes of each lane', '1')
    .option('--order <order>', 'lanes "together" or "in-turn"', 'in-turn')
    .option('--fail-if <threshold>', 'end with 1 when this holds; can be given several times', collect)
    .option('--report <file>', 'write a report that opens in any browser, with its sound')
    .option('--language <en|de>', 'language of the report', 'en')
    .option('--json [file]', 'results as JSON, on standard output or in a file')
    .option('--csv <file>', 'write one row an observation')
    .option('--no-audio', 'leave sound out of files')
    .option('--gateway <url>', 'use a gateway that runs')
    .option('--key <key>', 'key of that gateway; PARLEY_KEY by default')
    .option('--record <folder>', 'record each session in this folder, as <scenario>-<lane>-<repeat>')
    .addHelpText('after', examples)
    .action(async (given: unknown) => {
      const request = compareRequest(given)
      using interrupt = onInterrupt()
      process.exitCode = await runCompare(request, {
        environment: readEnvironment(),
        signal: interrupt.signal,
      })
    })
}
