import type { Command } from 'commander'
import * as z from 'zod'
import { exitCodes } from '../command-failure.ts'
import { readEnvironment } from '../environment.ts'
import { onInterrupt } from '../interrupt.ts'
import { liveProgress } from '../terminal/live-progress.ts'
import { print, styled } from '../terminal/terminal.ts'
import { diagnose } from './diagnose.ts'
import { verdict } from './finding.ts'
import type { Area, Finding } from './finding.ts'

const Options = z.object({
  gateway: z.string().optional(),
  key: z.string().optional(),
  json: z.boolean().optional(),
  connect: z.boolean(),
})

/** Adds `parley doctor`. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .summary('check settings, keys, network, engines, microphone and clock')
    .description(
      'Check everything a call needs, and say what to do where something is missing. Keys are tried by opening a session with each backend that is set up and closing it again. Nothing is said in it, so it costs nothing; --no-connect leaves it out. Keys are never shown.',
    )
    .option('--gateway <url>', 'check a gateway that runs, in place of one started for this')
    .option('--key <key>', 'key of that gateway; PARLEY_KEY by default')
    .option('--no-connect', 'open no sessions')
    .option('--json', 'findings as JSON on standard output')
    .addHelpText(
      'after',
      `
Examples:
  parley doctor
  parley doctor --no-connect
  parley doctor --gateway https://voice.example.com --json

Ends with 0 without a problem (warnings are none), with 1 otherwise.`,
    )
    .action(async (given: unknown) => {
      const options = Options.parse(given)
      using interrupt = onInterrupt()
      const findings: Finding[] = []
      let area: Area | undefined
      {
        using progress = liveProgress()
        const onFinding = (finding: Finding): void => {
          findings.push(finding)
          if (options.json === true) return
          progress.clear()
          if (finding.area !== area) print(`${area === undefined ? '' : '\n'}${styled('bold', finding.area)}`)
          area = finding.area
          print(findingText(finding))
        }
        await diagnose({
          ...options,
          environment: readEnvironment(),
          signal: interrupt.signal,
          onFinding,
          onProgress: (text) => progress.say(text),
        })
      }
      if (options.json === true) print(JSON.stringify({ findings }, null, 2))
      else print(`\n${verdict(findings)}`)
      if (findings.some(({ state }) => state === 'problem')) process.exitCode = exitCodes.failed
      if (interrupt.signal.aborted) process.exitCode = exitCodes.interrupted
    })
}

const marks = {
  ok: ['green', 'ok     '],
  skipped: ['dim', 'skipped'],
  warning: ['yellow', 'warning'],
  problem: ['red', 'problem'],
} as const

function findingText({ name, state, detail, advice }: Finding): string {
  const [colour, word] = marks[state]
  const line = `  ${styled(colour, word)}  ${name}: ${detail}`
  return advice === undefined ? line : `${line}\n           ${styled('dim', `-> ${advice}`)}`
}
