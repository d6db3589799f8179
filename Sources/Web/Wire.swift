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
    /// Whether the first line of that request is complete.
    private(set) var firstLineEnded = false
    /// True once nothing more is read: what still comes is thrown away.
    var draining = false

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !draining else { return }
        if began == nil { began = .now() }
        if !firstLineEnded { firstLineEnded = unwrapInboundIn(data).readableBytesView.contains(UInt8(ascii: "\n")) }
        context.fireChannelRead(data)
    }

    /// The header of the request has been read.
    func headEnded() {
        began = nil
        firstLineEnded = false
    }

    func write(_ buffer: ByteBuffer) { context?.write(wrapOutboundOut(.byteBuffer(buffer)), promise: nil) }

    func flush() { context?.flush() }

    /// Ends the answer side once all is written; the client sees the end and can still be heard.
    func finishOutput() {
        guard let context else { return }
        let done = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer())), promise: done)
        done.futureResult.assumeIsolatedUnsafeUnchecked().whenComplete { _ in context.close(mode: .output, promise: nil) }
    }

    /// Closes at once, whatever is still unwritten.
    func abort() { context?.close(promise: nil) }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
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
        written.futureResult.assumeIsolatedUnsafeUnchecked().whenComplete { _ in context.close(mode: .all, promise: closed) }
    }
}
