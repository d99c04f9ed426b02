package dev.transcode.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Makes a shared library that holds nothing but its name and its versions: enough for the loader to start a program
 * that names the library and never calls it. 64-bit little-endian ELF (System V ABI; LSB, "Symbol Versioning").
 *
 * <p>The file is one segment, loaded at address 0, so that offsets and addresses are the same.
 */
final class StubLibrary {
    private static final int HEADER_BYTES = 64;
    private static final int PROGRAM_HEADER_BYTES = 56;
    private static final int PROGRAM_HEADERS = 3;
    private static final int VERSION_BYTES = 28;
    private static final int DYNAMIC_ENTRIES = 10;

    private static final int PF_READ_WRITE = 6;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_GNU_STACK = 0x6474e551;

    /** The largest page of any aarch64 kernel; smaller pages divide it. */
    private static final long PAGE_BYTES = 0x10000;

    private final ByteBuffer strings = ByteBuffer.allocate(4_096);
    private final List<Integer> names = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();
    private final short machine;

    private StubLibrary(short machine, String soname, Collection<String> versions) {
        this.machine = machine;
        this.strings.put((byte) 0);
        // The first version names the library itself.
        this.versions.add(soname);
        this.versions.addAll(versions);
        for (String version : this.versions) {
            names.add(strings.position());
            strings.put(version.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        }
        strings.flip();
    }

    /**
     * The file's bytes.
     *
     * @param machine e_machine: 62 for x86_64, 183 for aarch64
     * @param soname e.g. {@code libasound.so.2}
     * @param versions that others ask of it, e.g. {@code ALSA_0.9}; may be empty
     */
    static byte[] bytes(short machine, String soname, Collection<String> versions) {
        return new StubLibrary(machine, soname, versions).write();
    }

    private byte[] write() {
        int symbols = HEADER_BYTES + PROGRAM_HEADERS * PROGRAM_HEADER_BYTES;
        int hash = symbols + 24;
        int symbolVersions = hash + 16;
        int definitions = symbolVersions + 8;
        int dynamic = align(definitions + versions.size() * VERSION_BYTES);
        int stringTable = dynamic + DYNAMIC_ENTRIES * 16;
        int size = stringTable + strings.limit();

        byte[] bytes = new byte[size];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header(out);
        programHeader(out, PT_LOAD, 0, size, PAGE_BYTES);
        programHeader(out, PT_DYNAMIC, dynamic, DYNAMIC_ENTRIES * 16, 8);
        // Without it the loader makes every stack executable, which hardened kernels refuse.
        programHeader(out, PT_GNU_STACK, 0, 0, 16);
        // One symbol, the undefined one (zeros); a hash table of one empty bucket; its version: local (zeros).
        out.position(hash);
        out.putInt(1).putInt(1).putInt(0).putInt(0);
        out.position(definitions);
        definitions(out);
        out.position(dynamic);
        dynamic(out, symbols, hash, symbolVersions, definitions, stringTable);
        out.position(stringTable);
        out.put(strings.duplicate());
        return bytes;
    }

    private void header(ByteBuffer out) {
        out.putInt(0x464c457f); // 0x7f E L F
        out.put((byte) 2).put((byte) 1).put((byte) 1); // 64-bit, little-endian, version 1
        out.position(16);
        out.putShort((short) 3).putShort(machine).putInt(1); // shared object, version 1
        out.putLong(0).putLong(HEADER_BYTES).putLong(0); // entry, program headers, section headers
        out.putInt(0).putShort((short) HEADER_BYTES); // flags, size of this header
        out.putShort((short) PROGRAM_HEADER_BYTES).putShort((short) PROGRAM_HEADERS);
        out.putShort((short) 64).putShort((short) 0).putShort((short) 0); // no section headers
    }

    /** Writable, because older loaders relocate the dynamic section in place. */
    private static void programHeader(ByteBuffer out, int type, long offset, long size, long align) {
        out.putInt(type).putInt(PF_READ_WRITE);
        out.putLong(offset).putLong(offset).putLong(offset);
        out.putLong(size).putLong(size).putLong(align);
    }

    /** Elf64_Verdef: version, flags, index, count, hash, aux, next; each with one Elf64_Verdaux: name, next. */
    private void definitions(ByteBuffer out) {
        for (int i = 0; i < versions.size(); i++) {
            boolean last = i == versions.size() - 1;
            out.putShort((short) 1)
                    .putShort((short) (i == 0 ? 1 : 0))
                    .putShort((short) (i + 1))
                    .putShort((short) 1);
            out.putInt(hash(versions.get(i))).putInt(20).putInt(last ? 0 : VERSION_BYTES);
            out.putInt(names.get(i)).putInt(0);
        }
    }

    private void dynamic(ByteBuffer out, int symbols, int hash, int symbolVersions, int definitions, int stringTable) {
        entry(out, 14, names.get(0)); // DT_SONAME
        entry(out, 4, hash); // DT_HASH
        entry(out, 5, stringTable); // DT_STRTAB
        entry(out, 6, symbols); // DT_SYMTAB
        entry(out, 10, strings.limit()); // DT_STRSZ
        entry(out, 11, 24); // DT_SYMENT
        entry(out, 0x6ffffff0L, symbolVersions); // DT_VERSYM
        entry(out, 0x6ffffffcL, definitions); // DT_VERDEF
        entry(out, 0x6ffffffdL, versions.size()); // DT_VERDEFNUM
        entry(out, 0, 0); // DT_NULL
    }

    private static void entry(ByteBuffer out, long tag, long value) {
        out.putLong(tag).putLong(value);
    }

    /** The ABI's hash of a name. */
    static int hash(String name) {
        int hash = 0;
        for (byte b : name.getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash << 4) + b;
            int high = hash & 0xf0000000;
            hash ^= high >>> 24;
            hash &= ~high;
        }
        return hash;
    }

    private static int align(int offset) {
        return (offset + 7) & ~7;
    }
}
