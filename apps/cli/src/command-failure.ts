/** What the process ends with; the help text of `parley` lists them. */
export const exitCodes = {
  good: 0,
  /** It ran, and a threshold, a clause or a check failed. */
  failed: 1,
  /** The command line, or a file it names, is wrong. */
  usage: 2,
  /** It could not run, or not to its end. */
  couldNotRun: 3,
  /** Ctrl-C; what was done until then has been printed. */
  interrupted: 130,
} as const

/** One of `exitCodes`. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Ends a command with a message for people and an exit code. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = exitCodes.couldNotRun, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** The person asked for something that cannot be meant. */
export function usageError(message: string): CommandFailure {
  return new CommandFailure(message, exitCodes.usage)
}

/** The person ended it before there was anything to keep. */
export function stopped(): CommandFailure {
  return new CommandFailure('Stopped.', exitCodes.interrupted)
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
