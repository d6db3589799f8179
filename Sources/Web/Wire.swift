import Kernel
import NIOCore

/// Nearest to the socket. It writes finished bytes past the HTTP encoder, knows when a request's first byte came, and
/// lets everything that was written reach the client before the connection closes.
final class Wire: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private var context: ChannelHandlerContext?
    private var closing: EventLoopPromise<Void>?
    /// When the first byte of a request that is not complete yet came.
    private(set) var began: NIODeadline?
    /// Bytes of that request's first line so far.
    private(set) var firstLine = 0
    private var firstLineEnded = false
    /// True once nothing more is read: what still comes is thrown away, and only the client's end, `abort` or an error
    /// closes the connection. Closing earlier would reset it under the last answer.
    var draining = false
    private var postponed: EventLoopPromise<Void>?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !draining else { return }
        if began == nil { began = .now() }
        if !firstLineEnded {
            let bytes = unwrapInboundIn(data).readableBytesView
            let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
            firstLineEnded = end != nil
            firstLine += (end ?? bytes.endIndex) - bytes.startIndex
        }
        context.fireChannelRead(data)
    }

    /// The header of the request has been read.
    func headEnded() {
        began = nil
        firstLine = 0
        firstLineEnded = false
    }

    func write(_ buffer: ByteBuffer) { context?.write(wrapOutboundOut(.byteBuffer(buffer)), promise: nil) }

    func flush() { context?.flush() }

    /// Ends the answer side once all is written; the client sees the end and can still be heard.
    func finishOutput() {
        guard let context else { return }
        let done = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer())), promise: done)
        done.futureResult.assumeIsolatedUnsafeUnchecked().whenComplete { _ in context.close(mode: .output, promise: nil)
        }
    }

    /// Closes at once, whatever is still unwritten.
    func abort() { context?.close(promise: nil) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if draining, event as? ChannelEvent == .inputClosed { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        postponed?.succeed(())
        postponed = nil
        context.fireChannelInactive()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if draining, mode == .all, context.channel.isActive {
            if let postponed {
                postponed.futureResult.cascade(to: promise)
            } else {
                postponed = promise ?? context.eventLoop.makePromise(of: Void.self)
            }
            return
        }
        guard mode == .all, context.channel.isActive else {
            context.close(mode: mode, promise: promise)
            return
        }
        if let closing {
            closing.futureResult.cascade(to: promise)
            return
        }
        // Closing throws away what the socket has not taken yet, so an empty write waits its turn first.
        let closed = context.eventLoop.makePromise(of: Void.self)
        closing = closed
        closed.futureResult.cascade(to: promise)
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer())), promise: written)
        written.futureResult.assumeIsolatedUnsafeUnchecked().whenComplete { _ in
            context.close(mode: .all, promise: closed)
        }
    }
}
