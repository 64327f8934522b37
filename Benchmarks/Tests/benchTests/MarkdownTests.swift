import Testing

@testable import bench

@Test(arguments: [(0.0421, "0.042"), (1.234, "1.23"), (12.34, "12.3"), (1_388_888.9, "1,388,889")])
func `a number keeps three digits, or all before the point in groups`(value: Double, text: String) {
    #expect(Markdown.number(value) == text)
}
