package dev.transcode.worker.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {
    /** The first and last address of each block. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, unspecified",
        "0.255.255.255, unspecified",
        "10.0.0.0, private",
        "10.255.255.255, private",
        "100.64.0.0, carrier",
        "100.127.255.255, carrier",
        "100.100.100.200, carrier",
        "127.0.0.0, loopback",
        "127.0.0.1, loopback",
        "127.255.255.255, loopback",
        "168.63.129.16, metadata",
        "169.254.0.0, link-local",
        "169.254.169.254, link-local",
        "169.254.255.255, link-local",
        "172.16.0.0, private",
        "172.31.255.255, private",
        "192.0.0.0, reserved",
        "192.0.0.192, reserved",
        "192.0.2.1, documentation",
        "192.88.99.1, reserved",
        "192.168.0.0, private",
        "192.168.255.255, private",
        "198.18.0.0, reserved",
        "198.19.255.255, reserved",
        "198.51.100.7, documentation",
        "203.0.113.7, documentation",
        "224.0.0.0, multicast",
        "239.255.255.255, multicast",
        "240.0.0.0, reserved",
        "255.255.255.255, reserved",
        "::, unspecified",
        "::1, loopback",
        "fc00::, private",
        "fd00:ec2::254, private",
        "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, private",
        "fe80::1, link-local",
        "febf:ffff::1, link-local",
        "fec0::1, reserved",
        "ff02::1, multicast",
        "100::1, reserved",
        "4000::1, reserved",
        "5f00::1, reserved",
        "2001::1, reserved",
        "2001:1ff:ffff::1, reserved",
        "2001:db8::1, documentation",
        "3fff:fff::1, documentation",
        "2002:7f00:1::1, reserved",
        "2002:808:808::1, reserved",
        "::127.0.0.1, reserved",
        "::8.8.8.8, reserved",
        "::ffff:10.0.0.1, private",
        "::ffff:0:10.0.0.1, reserved",
        "64:ff9b::10.0.0.1, private",
        "64:ff9b::127.0.0.1, loopback",
        "64:ff9b::169.254.169.254, link-local",
        "64:ff9b:1::10.0.0.1, reserved",
    })
    void refuses(String address, String kind) throws UnknownHostException {
        assertThat(PublicAddress.refusal(InetAddress.getByName(address)))
                .hasValueSatisfying(why -> assertThat(why).contains(kind).endsWith(" address"));
    }

    /** The neighbours of each block, and what everybody knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "168.63.129.15",
                "168.63.129.17",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.3.0",
                "192.88.98.255",
                "192.88.100.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "198.51.99.255",
                "203.0.114.0",
                "223.255.255.255",
                "2000::1",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2001:db7::1",
                "2001:db9::1",
                "2003::1",
                "2606:4700::1111",
                "3ffe::1",
                "3fff:1000::1",
                "64:ff9b::8.8.8.8"
            })
    void takes(String address) throws UnknownHostException {
        assertThat(PublicAddress.refusal(InetAddress.getByName(address))).isEmpty();
    }

    /** The JDK turns a mapped address into the IPv4 one; built by hand it stays what it is. */
    @Test
    void refusesAMappedAddressThatStayedIpv6() throws UnknownHostException {
        byte[] mapped = embed(new byte[] {8, 8, 8, 8}, 12);
        mapped[10] = mapped[11] = (byte) 0xFF;

        assertThat(PublicAddress.refusal(Inet6Address.getByAddress("name", mapped, 0)))
                .isPresent();
    }

    @Property
    void noPrivateIpv4AddressHidesInAnIpv6One(@ForAll @Size(4) byte[] ipv4) throws UnknownHostException {
        Assume.that(PublicAddress.refusal(InetAddress.getByAddress(ipv4)).isPresent());

        byte[] compatible = embed(ipv4, 12);
        byte[] sixToFour = embed(ipv4, 2);
        sixToFour[0] = 0x20;
        sixToFour[1] = 0x02;
        byte[] nat64 = embed(ipv4, 12);
        nat64[1] = 0x64;
        nat64[2] = (byte) 0xFF;
        nat64[3] = (byte) 0x9B;
        byte[] mapped = embed(ipv4, 12);
        mapped[10] = mapped[11] = (byte) 0xFF;
        for (byte[] address : new byte[][] {compatible, sixToFour, nat64, mapped}) {
            assertThat(PublicAddress.refusal(InetAddress.getByAddress(address))).isPresent();
        }
    }

    /** The JDK's own, coarser view of what is local. */
    @Property
    void agreesWithTheJdk(
            @ForAll @IntRange(max = 255) int first,
            @ForAll @IntRange(max = 255) int second,
            @ForAll @Size(2) byte[] rest)
            throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(new byte[] {(byte) first, (byte) second, rest[0], rest[1]});
        boolean local = address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();

        if (local) {
            assertThat(PublicAddress.refusal(address)).isPresent();
        }
    }

    private static byte[] embed(byte[] ipv4, int at) {
        byte[] address = new byte[16];
        System.arraycopy(ipv4, 0, address, at, ipv4.length);
        return address;
    }
}
