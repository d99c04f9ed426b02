package dev.transcode.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at what a user of a public type can name: supertypes, and public or protected members, generics included. */
final class NotExpose extends ArchCondition<JavaClass> {
    private final DescribedPredicate<JavaClass> hidden;

    NotExpose(String what, DescribedPredicate<JavaClass> hidden) {
        super("not have " + what + " in a public signature");
        this.hidden = hidden;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isPublic(type)) {
            return;
        }
        report(type, type.getFullName(), supertypes(type), events);
        for (JavaMember member : type.getMembers()) {
            Set<JavaModifier> modifiers = member.getModifiers();
            if (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED)) {
                report(type, member.getFullName(), types(member), events);
            }
        }
    }

    private void report(JavaClass type, String where, Stream<JavaType> types, ConditionEvents events) {
        types.flatMap(used -> used.getAllInvolvedRawTypes().stream())
                .filter(hidden)
                .distinct()
                .forEach(used -> events.add(SimpleConditionEvent.violated(type, where + " exposes " + used.getName())));
    }

    private static Stream<JavaType> supertypes(JavaClass type) {
        return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        Stream<JavaType> inAndOut = Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream());
        return Stream.concat(inAndOut, code.getExceptionTypes().stream());
    }

    private static boolean isPublic(JavaClass type) {
        Optional<JavaClass> outer = type.getEnclosingClass();
        return type.getModifiers().contains(JavaModifier.PUBLIC) && (outer.isEmpty() || isPublic(outer.get()));
    }
}
