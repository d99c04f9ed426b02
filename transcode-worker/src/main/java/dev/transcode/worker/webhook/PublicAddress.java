package dev.transcode.worker.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Tells addresses of the public internet from all others: IANA's special-purpose registries of IPv4 and IPv6, and what
 * clouds put beside them. Pure.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a>
 */
final class PublicAddress {
    private static final List<Block> REFUSED = List.of(
            new Block("0.0.0.0/8", "an unspecified"),
            new Block("10.0.0.0/8", "a private"),
            new Block("100.64.0.0/10", "a carrier's private"), // RFC 6598; also Alibaba's metadata, 100.100.100.200
            new Block("127.0.0.0/8", "a loopback"),
            new Block("168.63.129.16/32", "a cloud's metadata"), // Azure's, in a public range
            new Block("169.254.0.0/16", "a link-local"), // also the metadata of AWS, Google, Azure, 169.254.169.254
            new Block("172.16.0.0/12", "a private"),
            new Block("192.0.0.0/24", "a reserved"),
            new Block("192.0.2.0/24", "a documentation"),
            new Block("192.88.99.0/24", "a reserved"), // 6to4 relays, RFC 7526
            new Block("192.168.0.0/16", "a private"),
            new Block("198.18.0.0/15", "a reserved"),
            new Block("198.51.100.0/24", "a documentation"),
            new Block("203.0.113.0/24", "a documentation"),
            new Block("224.0.0.0/4", "a multicast"),
            new Block("240.0.0.0/4", "a reserved"),
            new Block("::/128", "an unspecified"),
            new Block("::1/128", "a loopback"),
            new Block("fc00::/7", "a private"), // also AWS's metadata, fd00:ec2::254
            new Block("fe80::/10", "a link-local"),
            new Block("ff00::/8", "a multicast"),
            new Block("2001::/23", "a reserved"), // Teredo, ORCHID, benchmarking
            new Block("2001:db8::/32", "a documentation"),
            new Block("2002::/16", "a reserved"), // 6to4: an IPv4 address in disguise, given up by RFC 7526
            new Block("3fff::/20", "a documentation"));

    /** All of IPv6 that is handed out to networks; mapped and compatible IPv4 lie outside. */
    private static final Block GLOBAL_IPV6 = new Block("2000::/3", "a global");

    /** How networks without IPv4 reach it (RFC 6052): as public as the IPv4 address in its last four bytes. */
    private static final Block NAT64 = new Block("64:ff9b::/96", "a translated");

    private PublicAddress() {}

    /** Why {@code address} is not public, as in "a private address"; empty if it is. */
    static Optional<String> refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(bytes)) {
            return refusal(address(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]}));
        }
        for (Block block : REFUSED) {
            if (block.contains(bytes)) {
                return Optional.of(block.kind + " address");
            }
        }
        boolean ipv6 = bytes.length == 16;
        return ipv6 && !GLOBAL_IPV6.contains(bytes) ? Optional.of("a reserved address") : Optional.empty();
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }

    private static final class Block {
        private final byte[] prefix;
        private final int bits;
        private final String kind;

        Block(String cidr, String kind) {
            int slash = cidr.indexOf('/');
            this.prefix = literal(cidr.substring(0, slash));
            this.bits = Integer.parseInt(cidr.substring(slash + 1));
            this.kind = kind;
        }

        private static byte[] literal(String address) {
            try {
                return InetAddress.getByName(address).getAddress(); // asks no name server for a literal
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("no address: " + address, e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit)) & 0xFF;
                if (((address[bit / 8] ^ prefix[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
