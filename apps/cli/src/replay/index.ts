import type { Command } from 'commander'
import * as z from 'zod'
import { usageError } from '../command-failure.ts'
import { readEnvironment } from '../environment.ts'
import { onInterrupt } from '../interrupt.ts'
import { runReplay } from './run-replay.ts'

const Options = z.object({ speed: z.string(), port: z.string(), key: z.string().optional() })

/** Adds `parley replay`. */
export function registerReplay(program: Command): void {
  program
    .command('replay')
    .summary('serve recorded sessions as a backend')
    .description(
      'Start a gateway that answers with recorded sessions: whoever says the same words gets the recorded answers after the recorded time. Runs until Ctrl-C. Nothing leaves this machine, and no vendor is called.',
    )
    .argument('<cassette>', 'a cassette (.ndjson), or a folder of them')
    .option('--speed <factor>', 'how much faster than recorded', '1')
    .option('--port <port>', 'port to listen on; 0 takes a free one', '0')
    .option('--key <key>', 'key that clients have to give; none by default')
    .addHelpText(
      'after',
      `
Examples:
  parley replay bad-call.ndjson
  parley replay ~/cassettes --speed 4 --port 8790
  parley compare --gateway http://127.0.0.1:8790 --backends replay/bad-call --scenario bad-call.yaml`,
    )
    .action(async (path: unknown, given: unknown) => {
      const options = Options.parse(given)
      const speed = Number(options.speed)
      if (!(speed > 0 && speed <= 100)) {
        throw usageError(`--speed is a number above 0, at most 100, not "${options.speed}".`)
      }
      const port = Number(options.port)
      if (!Number.isInteger(port) || port < 0 || port > 65_535) {
        throw usageError(`--port is a whole number from 0 to 65535, not "${options.port}".`)
      }
      using interrupt = onInterrupt()
      await runReplay({
        path: z.string().parse(path),
        speed,
        port,
        key: options.key,
        environment: readEnvironment(),
        signal: interrupt.signal,
      })
    })
}
