package dev.transcode.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what a 64-bit little-endian ELF program or library needs of others (System V ABI, "Dynamic Linking"; LSB,
 * "Symbol Versioning").
 */
final class ElfReader {
    private static final int HEADER_BYTES = 64;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final long DT_NULL = 0;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long DT_VERNEED = 0x6ffffffeL;

    private final ByteBuffer file;
    private final Map<String, Set<String>> needed = new TreeMap<>();

    private ElfReader(ByteBuffer file) {
        this.file = file.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The libraries {@code file} needs by name (DT_NEEDED), and of each the symbol versions it asks for
     * (.gnu.version_r); none for most.
     *
     * @throws IOException if it cannot be read or is no such file
     */
    static Map<String, Set<String>> needed(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ElfReader reader = new ElfReader(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
            try {
                reader.read();
            } catch (IndexOutOfBoundsException e) {
                throw new IOException("cannot read " + file + ": its tables point outside of it", e);
            }
            return reader.needed;
        }
    }

    /** The machine of a file (e_machine): 62 for x86_64, 183 for aarch64. */
    static short machine(Path file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.read(header) < HEADER_BYTES) {
                throw new IOException("no ELF file: " + file);
            }
        }
        requireElf(header);
        return header.getShort(18);
    }

    private void read() throws IOException {
        requireElf(file);
        int dynamic = offsetOfDynamic();
        int strings = -1;
        int versions = -1;
        for (int entry = dynamic; tag(entry) != DT_NULL; entry += 16) {
            if (tag(entry) == DT_STRTAB) {
                strings = offsetOf(file.getLong(entry + 8));
            } else if (tag(entry) == DT_VERNEED) {
                versions = offsetOf(file.getLong(entry + 8));
            }
        }
        for (int entry = dynamic; tag(entry) != DT_NULL; entry += 16) {
            if (tag(entry) == DT_NEEDED) {
                needed.put(string(strings + (int) file.getLong(entry + 8)), new TreeSet<>());
            }
        }
        if (versions >= 0) {
            readVersions(versions, strings);
        }
    }

    /** Elf64_Verneed: version, count, file, aux, next; each with a chain of Elf64_Vernaux: hash, flags, other, name, next. */
    private void readVersions(int start, int strings) throws IOException {
        int need = start;
        while (true) {
            Set<String> names = needed.computeIfAbsent(string(strings + file.getInt(need + 4)), n -> new TreeSet<>());
            int aux = need + file.getInt(need + 8);
            for (int i = 0; i < Short.toUnsignedInt(file.getShort(need + 2)); i++) {
                names.add(string(strings + file.getInt(aux + 8)));
                aux += file.getInt(aux + 12);
            }
            int next = file.getInt(need + 12);
            if (next == 0) {
                return;
            }
            if (next < 0) {
                throw new IOException("version table runs backwards");
            }
            need += next;
        }
    }

    private int offsetOfDynamic() throws IOException {
        int header = programHeader(PT_DYNAMIC, -1);
        return Math.toIntExact(file.getLong(header + 8));
    }

    /** Where in the file an address lies. */
    private int offsetOf(long address) throws IOException {
        int header = programHeader(PT_LOAD, address);
        return Math.toIntExact(address - file.getLong(header + 16) + file.getLong(header + 8));
    }

    /** The header of the first segment of {@code type} that holds {@code address}; -1 = any address. */
    private int programHeader(int type, long address) throws IOException {
        int size = Short.toUnsignedInt(file.getShort(54));
        int count = Short.toUnsignedInt(file.getShort(56));
        int header = Math.toIntExact(file.getLong(32));
        for (int i = 0; i < count; i++, header += size) {
            long from = file.getLong(header + 16);
            boolean holds = address == -1 || (address >= from && address < from + file.getLong(header + 32));
            if (file.getInt(header) == type && holds) {
                return header;
            }
        }
        throw new IOException("no segment of type " + type + " for address " + address);
    }

    private long tag(int entry) {
        return file.getLong(entry);
    }

    private String string(int offset) {
        int end = offset;
        while (file.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - offset];
        file.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void requireElf(ByteBuffer file) throws IOException {
        boolean magic = file.limit() >= HEADER_BYTES && file.getInt(0) == 0x464c457f;
        if (!magic || file.get(4) != 2 || file.get(5) != 1) {
            throw new IOException("no 64-bit little-endian ELF file");
        }
    }
}
