package dev.transcode.queue.redis;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection that is sent more than fits into memory: anybody may push half a gigabyte onto a list, which would
 * end each worker that takes it. The command then fails as if the server were away, and {@link Taker} has the server put
 * away what it finds in its inbox. One for each connection, used by its event loop.
 */
final class ReplyLimit extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyLimit.class);

    /** Between two commands: a thousand statuses with their logs, the most that is ever asked for, have 20 MB. */
    private static final long MAX_BYTES = 64 << 20;

    private long received;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        received = 0;
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        received += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        if (received <= MAX_BYTES) {
            super.channelRead(context, message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (context.channel().isOpen()) {
            LOG.warn("closing a connection to Redis: an answer is larger than {} MiB", MAX_BYTES >> 20);
            ChannelFuture unused = context.close();
        }
    }
}
