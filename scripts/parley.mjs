// npm run parley -- <command>: install when needed, then the command line on the pinned Node.
import { install, requireNode, root } from './toolchain.mjs'

requireNode()
// Standard output belongs to the command's results.
await install({ output: 'stderr' })

// npm changes to the folder of package.json; paths on the command line are the person's own.
process.chdir(process.env.INIT_CWD ?? root)
watchParent()
await import('../apps/cli/bin/parley.mjs')

/** A shell between npm and this process may take a signal for itself; then only our parent changes. */
function watchParent() {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 500).unref()
}
