// Loaded into a gateway before its own code: it ends, in order, when the command line that started it is gone.
process.once('disconnect', () => process.emit('SIGTERM'))
process.channel?.unref()
