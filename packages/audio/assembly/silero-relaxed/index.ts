// The same with fused multiply-add, which not every engine has.
export * from '../silero/index'
