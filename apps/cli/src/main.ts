import { Command, CommanderError } from 'commander'
import { CommandFailure, exitCodes, messageOf } from './command-failure.ts'
import { registerCompare } from './compare/index.ts'
import { registerConformance } from './conformance/index.ts'
import { registerDoctor } from './doctor/index.ts'
import { registerReplay } from './replay/index.ts'
import { registerReport } from './report/index.ts'
import { registerScenarios } from './scenarios/index.ts'
import { registerStore } from './store/index.ts'
import { registerTalk } from './talk/index.ts'
import { styledError, tell } from './terminal/terminal.ts'

const program = new Command('parley')
  .description('One endpoint for every realtime voice backend, and it remembers.')
  .exitOverride()
  .showHelpAfterError('Add --help for what can be given, with examples.')
  .addHelpText(
    'after',
    `
Exit codes:
  0    good
  1    it ran, and a threshold, a clause or a check failed
  2    the command line, or a file it names, is wrong
  3    it could not run, or not to its end
  130  stopped with Ctrl-C; what was done until then is printed

Results go to standard output, everything else to standard error.
Set NO_COLOR for plain text. Settings of the gateway (PARLEY_...) count for these commands too.`,
  )

for (const register of [
  registerCompare,
  registerScenarios,
  registerReport,
  registerTalk,
  registerReplay,
  registerStore,
  registerConformance,
  registerDoctor,
]) {
  register(program)
}

// Whoever reads our output may have seen enough of it, as head has.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = explain(error)
}

/** Says what went wrong, once, and gives the code to end with. */
function explain(error: unknown): number {
  // Commander has said its part already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.good : exitCodes.usage
  const isStopped = error instanceof CommandFailure && error.exitCode === exitCodes.interrupted
  tell(isStopped ? error.message : `${styledError('red', 'error:')} ${messageOf(error)}`)
  if (error instanceof CommandFailure) return error.exitCode
  if (error instanceof Error && error.stack !== undefined) tell(styledError('dim', error.stack))
  return exitCodes.couldNotRun
}
